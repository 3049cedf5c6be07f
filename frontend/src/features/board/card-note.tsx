// What a card has to tell beyond its bar: the result, the error, who paused it and why, what the work says it is doing.
import { useQuery } from "@tanstack/react-query";
import { PauseReasonDocument, type PauseReasonQuery, type TaskRowFragment } from "@/generated/graphql";
import { client } from "@/lib/graphql";
import { usePreferences } from "@/lib/preferences";
import { useMe } from "@/lib/session";
import { groupOf } from "@/lib/tasks/groups";
import { formatMoment } from "@/lib/times";
import classes from "./card.module.css";

export function CardNote({ task }: { task: TaskRowFragment }) {
  if (task.status === "PAUSED") return <PausedNote task={task} />;
  return <Note task={task} text={noteOf(task)} />;
}

function Note({ task, text }: { task: TaskRowFragment; text: string | null }) {
  if (!text) return null;
  const { color, soft } = groupOf(task.status);
  const ink = task.status === "IN_PROGRESS" ? "var(--ink)" : color;
  return (
    <p className={classes.note} style={{ color: ink, background: soft }}>
      {text}
    </p>
  );
}

/** One line for the card; null when there is nothing to add. */
export function noteOf({ status, result, error, progressNote }: TaskRowFragment): string | null {
  switch (status) {
    case "COMPLETED":
      return result;
    case "FAILED":
      return error;
    case "IN_PROGRESS":
      return progressNote;
    default:
      return null;
  }
}

/** Who paused it and why is asked for when the card is drawn, once for each pause. */
function PausedNote({ task }: { task: TaskRowFragment }) {
  const { timeZone } = usePreferences();
  const { id: me } = useMe();
  const { data } = useQuery({
    queryKey: ["PauseReason", task.id, task.version],
    queryFn: ({ signal }) => client.query(PauseReasonDocument, { id: task.id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const moment = (at: string) => formatMoment(Date.parse(at), timeZone);
  return <Note task={task} text={pauseNote(task, data?.task?.events.nodes ?? [], me, moment)} />;
}

type Events = NonNullable<PauseReasonQuery["task"]>["events"]["nodes"];

/** "Paused by Ada: “database maintenance”. Resumes 29 Nov 2026, 06:00:00." What one did oneself without a reason needs no words. */
export function pauseNote(
  { resumeAt }: Pick<TaskRowFragment, "resumeAt">,
  events: Events,
  me: string,
  moment: (at: string) => string,
): string | null {
  const pause = events.find((event) => event.action === "PAUSE");
  const mine = pause?.actor?.id === me;
  const why = pause?.reason ? `: “${pause.reason}”` : "";
  const by = pause?.actor && (!mine || why) ? `Paused by ${mine ? "you" : pause.actor.displayName}${why}.` : null;
  const resumes = resumeAt === null ? null : `Resumes ${moment(resumeAt)}.`;
  return [by, resumes].filter(Boolean).join(" ") || null;
}
