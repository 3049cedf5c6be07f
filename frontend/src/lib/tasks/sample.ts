// A task for tests: a timer that was never started, unless said otherwise.
import type { TaskRowFragment } from "@/generated/graphql";

export function sampleTask(change: Partial<TaskRowFragment> = {}): TaskRowFragment {
  return {
    id: "t1",
    title: "Brew tea",
    labels: [],
    kind: "timer",
    status: "NOT_STARTED",
    durationMs: 240_000,
    elapsedMs: 0,
    lastRunAt: null,
    progress: null,
    attempt: 0,
    progressNote: null,
    result: null,
    error: null,
    priority: 0,
    version: 1,
    createdBy: { id: "ada", displayName: "Ada" },
    createdAt: "2026-11-28T10:00:00.000Z",
    updatedAt: "2026-11-28T10:00:00.000Z",
    dueAt: null,
    resumeAt: null,
    completedAt: null,
    maxAttempts: 1,
    worker: null,
    unheardSince: null,
    waitingFor: null,
    allowedActions: ["RUN"],
    can: [
      { action: "RUN", allowed: true, reason: null },
      { action: "PAUSE", allowed: false, reason: "It has not been started yet: run it first." },
    ],
    ...change,
  };
}
