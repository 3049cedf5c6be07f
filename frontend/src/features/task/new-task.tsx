// A new task, over the page: from scratch, or as a duplicate of another.
import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { TaskChoicesDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import type { TaskDraft } from "@/lib/overlays";
import { keyOf, useRead } from "@/lib/use-graphql";
import { useWorkspace } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { Loading } from "@/ui/loading";
import { useFocusBack } from "@/ui/use-focus-back";
import classes from "./new-task.module.css";
import { NewTaskForm } from "./new-task-form";

export function NewTask({ draft, close }: { draft: TaskDraft; close: () => void }) {
  useFocusBack();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const { data, error } = useRead(TaskChoicesDocument, { slug });
  const kinds = data?.workspace?.kinds;
  const again = () => void cache.invalidateQueries({ queryKey: keyOf(TaskChoicesDocument) });
  return (
    <Modal
      opened
      onClose={close}
      title={draft.title === undefined ? "New task" : "Duplicate"}
      size="lg"
      centered
      classNames={{ content: classes.content }}
    >
      {kinds && <NewTaskForm kinds={kinds} draft={draft} close={close} />}
      {!kinds &&
        (error ? <Failure order={2} message={messageOf(error)} again={again} /> : <Loading label="The form" />)}
    </Modal>
  );
}
