// Three tasks to try things with: short enough to see them end, long enough to pause them.
import type { TaskInput } from "@/generated/graphql";

export const samples: TaskInput[] = [
  {
    title: "Brew the team's tea",
    description: "Four minutes, not a second longer. Run it, pause it while the kettle is refilled, resume it.",
    labels: ["sample", "kitchen"],
    durationMs: 240_000,
  },
  {
    title: "Stretch your legs",
    description: "Thirty seconds. Run it and watch it complete by itself.",
    labels: ["sample"],
    durationMs: 30_000,
    priority: 1,
  },
  {
    title: "Watch the nightly build",
    description: "An hour of waiting. Cancel it when you have had enough.",
    labels: ["sample", "build"],
    durationMs: 3_600_000,
  },
];
