// Every state that the task went through: who, when, why, from which token, and how long it lasted. The latest first.
import { Button } from "@mantine/core";
import { useMe } from "@/lib/session";
import { groupOf } from "@/lib/tasks/groups";
import classes from "./panel.module.css";
import { storyOf } from "./story";
import { StoryTime } from "./story-time";
import { useEvents } from "./use-events";
import type { TaskDetail } from "./use-task";

export function Timeline({ task }: { task: TaskDetail }) {
  const { id: me } = useMe();
  const { events, earlier, busy } = useEvents(task);
  return (
    <section className={classes.section} aria-label="History">
      <h3>History</h3>
      <ol className={classes.timeline}>
        {events.map((event, index) => {
          const story = storyOf(event, me);
          return (
            <li key={event.id}>
              <i style={{ background: event.toStatus ? groupOf(event.toStatus).color : "var(--gray)" }} />
              <b>{story.what}</b> {story.who}
              {event.reason && ` — “${event.reason}”`}
              <StoryTime event={event} until={untilOf(events, index)} />
              {story.details.map((detail) => (
                <small key={detail}>{detail}</small>
              ))}
            </li>
          );
        })}
      </ol>
      {earlier && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={earlier}>
          Show what was before
        </Button>
      )}
    </section>
  );
}

/** When the state that this event led to was left; null while it lasts. */
function untilOf(
  events: readonly { at: string; toStatus: string | null; fromStatus: string | null }[],
  index: number,
): string | null {
  for (let next = index - 1; next >= 0; next--) {
    const event = events[next];
    if (event?.toStatus && event.toStatus !== events[index]?.toStatus) return event.at;
  }
  return null;
}
