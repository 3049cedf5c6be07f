// Sends the form: complaints go beside their fields; what was made is on the board at once, and runs when that was asked for.
import type { UseFormReturnType } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { CreateTaskDocument, type TaskInput } from "@/generated/graphql";
import { hasCode, messageOf } from "@/lib/errors";
import { client } from "@/lib/graphql";
import type { SchemaField } from "@/lib/input-schema";
import { useAct } from "@/lib/tasks/act";
import { useFeed } from "@/lib/tasks/live";
import { useWorkspace } from "@/lib/workspace";
import { offer } from "@/ui/offer";
import { inputOf, placeComplaints, type Values } from "./new-task-values";

interface Create {
  send: (run: boolean) => Promise<void>;
  busy: boolean;
  problem: string | null;
}

export function useCreate(form: UseFormReturnType<Values>, fields: readonly SchemaField[], close: () => void): Create {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const create = useCreateTask();
  function complain(error: unknown): void {
    const complaints = hasCode(error, "INVALID_INPUT") ? error.fields : [];
    const { errors, rest } = placeComplaints(complaints, fields);
    form.setErrors(errors);
    setProblem(complaints.length === 0 ? messageOf(error) : rest.join(" ") || null);
    focusFirstError();
  }
  async function send(run: boolean): Promise<void> {
    const read = inputOf(form.values, fields);
    form.clearErrors();
    if ("errors" in read) {
      form.setErrors(read.errors);
      focusFirstError();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await create(read.input, run);
      close();
    } catch (error) {
      complain(error);
    } finally {
      setBusy(false);
    }
  }
  return { send, busy, problem };
}

/** After the errors are drawn, the keyboard goes to the first field that has one. */
function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus());
}

function useCreateTask(): (input: TaskInput, run: boolean) => Promise<void> {
  const feed = useFeed();
  const act = useAct();
  const navigate = useNavigate();
  const { id: workspaceId, slug } = useWorkspace();
  return async (input, run) => {
    const { createTask } = await client.mutate(CreateTaskDocument, { workspaceId, input });
    const { task } = createTask;
    feed.apply({ tasks: [task], deletedIds: [] });
    feed.lookSoon();
    if (run) return act.transition(task, "RUN");
    const open = () => void navigate({ to: "/w/$slug/t/$id", params: { slug, id: task.id } });
    offer({ message: `Created “${task.title}”`, label: "Open", act: open });
  };
}
