// Many tasks at once: says first how many will change and why the others won't, asks, does it, and reports each.
import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useEffect, useState } from "react";
import { reasonOf } from "@/lib/errors";
import { actionOf } from "@/lib/tasks/actions";
import { Problem } from "@/ui/problem";
import { useFocusOnMount } from "@/ui/use-focus-on-mount";
import { Reason } from "./ask";
import { execute, type Job, rehearse } from "./bulk-job";
import { type BulkResult, countOf } from "./bulk-outcomes";
import { Refusals } from "./bulk-refusals";
import { offerUndo } from "./bulk-undo";

type Stage =
  | { at: "rehearsing" }
  | { at: "asking"; result: BulkResult }
  | { at: "doing" }
  | { at: "done"; result: BulkResult }
  | { at: "failed"; message: string };

const verbs = { DELETE: { label: "Delete", done: "Deleted" } };

function verbOf(action: Job["action"]): { label: string; done: string } {
  return action === "DELETE" ? verbs.DELETE : actionOf(action);
}

export function openBulk(job: Job): void {
  const id = modals.open({
    title: `${verbOf(job.action).label} ${job.target.label}`,
    centered: true,
    size: "lg",
    children: <BulkDialog job={job} close={() => modals.close(id)} />,
  });
}

function BulkDialog({ job, close }: { job: Job; close: () => void }) {
  const [stage, setStage] = useState<Stage>({ at: "rehearsing" });
  const fail = (error: unknown) => setStage({ at: "failed", message: reasonOf(error) });
  useEffect(() => {
    let here = true;
    rehearse(job).then(
      (result) => here && setStage({ at: "asking", result }),
      (error) => here && setStage({ at: "failed", message: reasonOf(error) }),
    );
    return () => {
      here = false;
    };
  }, [job]);
  function run(reason: string | undefined): void {
    setStage({ at: "doing" });
    execute(job, reason).then((result) => {
      job.done();
      offerUndo(job, result);
      if (result.refused === 0) close();
      else setStage({ at: "done", result });
    }, fail);
  }
  return <StageView job={job} stage={stage} run={run} close={close} />;
}

interface ViewProps {
  job: Job;
  stage: Stage;
  run: (reason: string | undefined) => void;
  close: () => void;
}

function StageView({ job, stage, run, close }: ViewProps) {
  switch (stage.at) {
    case "rehearsing":
      return <Busy text="Finding out what would change…" />;
    case "doing":
      return <Busy text="Doing it…" />;
    case "failed":
      return <Problem message={stage.message} />;
    case "asking":
      return <Asking job={job} result={stage.result} run={run} close={close} />;
    case "done":
      return <Report job={job} result={stage.result} close={close} />;
  }
}

function Busy({ text }: { text: string }) {
  return (
    <Group gap="sm" py="md" role="status">
      <Loader size="sm" aria-hidden="true" />
      <Text size="sm">{text}</Text>
    </Group>
  );
}

function Asking({ job, result, run, close }: Omit<ViewProps, "stage"> & { result: BulkResult }) {
  const [reason, setReason] = useState("");
  const first = useFocusOnMount<HTMLButtonElement>();
  const { label } = verbOf(job.action);
  // Nothing brings back what is deleted: the keyboard starts on the way out.
  const leaveFirst = result.changed === 0 || job.action === "DELETE";
  const danger = job.action === "DELETE" || job.action === "CANCEL";
  return (
    <Stack gap="sm">
      <Text size="sm" aria-live="polite">
        <b>{countOf(result.changed)}</b> will change, <b>{result.refused.toLocaleString("en")}</b> won't.
      </Text>
      <Refusals result={result} titles={job.target.titles} />
      {result.changed > 0 && <Reason value={reason} onChange={setReason} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close} ref={leaveFirst ? first : undefined}>
          Leave them as they are
        </Button>
        {result.changed > 0 && (
          <Button
            color={danger ? "red" : undefined}
            onClick={() => run(reason.trim() || undefined)}
            ref={leaveFirst ? undefined : first}
          >
            {label} {countOf(result.changed)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Report({ job, result, close }: { job: Job; result: BulkResult; close: () => void }) {
  const first = useFocusOnMount<HTMLButtonElement>();
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {verbOf(job.action).done}: <b>{countOf(result.changed)}</b>. Not changed:{" "}
        <b>{result.refused.toLocaleString("en")}</b>.
      </Text>
      <Refusals result={result} titles={job.target.titles} />
      <Group justify="flex-end">
        <Button onClick={close} ref={first}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
