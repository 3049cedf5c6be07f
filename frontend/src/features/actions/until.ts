// Moments to pause until, and how they pass through a field for local date and time. Pure.

const minute = 60_000;

/** "2026-11-28T17:45", as <input type="datetime-local"> wants it, in the time zone of this computer. */
export function inputOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * minute);
  return local.toISOString().slice(0, 16);
}

/** The moment that a person chose; null when the field is empty or half filled. */
export function fromLocal(text: string): number | null {
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}

export function suggestions(now: number): { label: string; at: number }[] {
  const morning = new Date(now);
  morning.setHours(morning.getHours() < 6 ? 6 : 30, 0, 0, 0);
  return [
    { label: "15 minutes", at: now + 15 * minute },
    { label: "1 hour", at: now + 60 * minute },
    { label: "4 hours", at: now + 240 * minute },
    { label: "6 in the morning", at: morning.getTime() },
  ];
}
