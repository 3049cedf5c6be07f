// The line under the bar; it counts by the one tick, and only while there is something to count.
import { Text } from "@mantine/core";
import type { TaskRowFragment } from "@/generated/graphql";
import { serverNow, useNow } from "@/lib/clock";
import { usePreferences } from "@/lib/preferences";
import { summaryOf } from "@/lib/tasks/words";
import { formatMoment } from "@/lib/times";

export function Summary({ task }: { task: TaskRowFragment }) {
  const { timeZone } = usePreferences();
  const at = task.completedAt;
  const over = at === null ? undefined : formatMoment(Date.parse(at), timeZone);
  return (
    <span title={over ?? task.waitingFor ?? undefined}>
      {task.status === "IN_PROGRESS" ? <Counting task={task} /> : <Resting task={task} />}
    </span>
  );
}

function Counting({ task }: { task: TaskRowFragment }) {
  return summaryOf(task, Math.max(useNow(1000), 0));
}

function Resting({ task }: { task: TaskRowFragment }) {
  return task.status === "CANCELLED" || task.status === "FAILED" ? <Ago task={task} /> : summaryOf(task, serverNow());
}

function Ago({ task }: { task: TaskRowFragment }) {
  return (
    <Text span inherit>
      {summaryOf(task, Math.max(useNow(10_000), serverNow()))}
    </Text>
  );
}
