// Moments in words: "3 s ago", and absolute in the person's time zone. ISO 8601 in, words out.

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });

/** "just now", "3 minutes ago", "in 2 hours", "yesterday". */
export function formatRelative(at: number, now: number): string {
  const difference = at - now;
  for (const [unit, size] of steps) {
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  }
  return "just now";
}

export type TimeZone = "mine" | "utc";

function options(zone: TimeZone, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return zone === "utc" ? { ...style, timeZone: "UTC" } : style;
}

/** "28 Nov 2026, 17:45:02" in the chosen zone. */
export function formatMoment(at: number, zone: TimeZone): string {
  return new Intl.DateTimeFormat("en-GB", options(zone, { dateStyle: "medium", timeStyle: "medium" })).format(at);
}

/** "17:45:02", for timelines and logs. */
export function formatTime(at: number, zone: TimeZone): string {
  return new Intl.DateTimeFormat("en-GB", options(zone, { timeStyle: "medium" })).format(at);
}
