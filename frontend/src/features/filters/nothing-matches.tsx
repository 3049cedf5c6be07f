// Tasks there are, but none that fits: what to do about it.
import { Button } from "@mantine/core";
import { unfiltered } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Notice } from "@/ui/notice";

export function NothingMatches() {
  const [, setSearch] = useTaskSearch();
  return (
    <Notice
      title="Nothing matches"
      order={2}
      action={
        <Button variant="default" onClick={() => setSearch(unfiltered)}>
          Show all tasks
        </Button>
      }
    >
      No task fits all the filters above. Take one off to see more.
    </Notice>
  );
}
