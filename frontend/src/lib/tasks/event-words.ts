// What happened, in the past tense: "paused", "was completed". For the timeline and for "what happened meanwhile".
const words: Record<string, string> = {
  CREATED: "created",
  EDITED: "edited",
  DELETED: "deleted",
  RUN: "run",
  PAUSE: "paused",
  RESUME: "resumed",
  CANCEL: "cancelled",
  CLAIMED: "taken by a worker",
  STOPPED: "stopped",
  COMPLETED: "completed",
  FAILED: "failed",
  RETRIED: "tried again",
  RECOVERED: "taken back from its worker",
};

/** "paused", "run", ...; an event that we do not know is named as the server names it. */
export function eventWord(action: string): string {
  return words[action] ?? action.toLowerCase().replaceAll("_", " ");
}
