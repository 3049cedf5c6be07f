// The events, newest first.
import { Link } from "@tanstack/react-router";
import type { AuditEventFragment } from "@/generated/graphql";
import { useWorkspace } from "@/lib/workspace";
import { ExactMoment } from "@/ui/moment";
import { Row, Rows } from "@/ui/rows";
import { actorOf, detailOf, objectOf, verbOf } from "./words";

export function AuditList({ events }: { events: readonly AuditEventFragment[] }) {
  return (
    <Rows label="Events">
      {events.map((event) => (
        <Row key={event.id} title={<Sentence event={event} />} meta={<Meta event={event} />} />
      ))}
    </Rows>
  );
}

function Sentence({ event }: { event: AuditEventFragment }) {
  const { slug } = useWorkspace();
  const object = objectOf(event);
  return (
    <span>
      {actorOf(event)} <span style={{ fontWeight: 400 }}>{verbOf(event.action)}</span>{" "}
      {event.task ? (
        <Link to="/w/$slug/t/$id" params={{ slug, id: event.task.id }}>
          {object}
        </Link>
      ) : (
        object
      )}
    </span>
  );
}

function Meta({ event }: { event: AuditEventFragment }) {
  const detail = detailOf(event.detail);
  return (
    <>
      <ExactMoment at={event.at} />
      {event.via && ` · with the token “${event.via}”`}
      {event.reason && ` · “${event.reason}”`}
      {detail && ` · ${detail}`}
    </>
  );
}
