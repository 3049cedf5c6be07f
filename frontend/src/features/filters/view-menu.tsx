// Saved views: choose one, save what is shown under a name, forget one.
import { Menu } from "@mantine/core";
import { useMe } from "@/lib/session";
import { isFiltered, type TaskSearch } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { sameView, useViews } from "@/lib/tasks/views";
import { useWorkspace } from "@/lib/workspace";
import { Icon } from "@/ui/icon";
import { toast } from "@/ui/toast";
import classes from "./filters.module.css";
import { askName } from "./name-view";

const everything = {
  q: undefined,
  labels: undefined,
  kinds: undefined,
  who: undefined,
  status: undefined,
  sort: undefined,
  view: undefined,
  column: undefined,
} satisfies Record<keyof TaskSearch, undefined>;

export function ViewMenu() {
  const [search, setSearch] = useTaskSearch();
  const { id: me } = useMe();
  const { id: workspace } = useWorkspace();
  const { views, save, forget } = useViews(me, workspace);
  const current = views.find((view) => sameView(view.search, search));
  const { view, column } = search;
  const choose = (chosen: TaskSearch) => setSearch({ ...everything, ...chosen, view, column });
  const unsaved = current === undefined && (isFiltered(search) || search.sort !== undefined);
  return (
    <Menu withinPortal={false} position="bottom-start" width={240} shadow="md">
      <Menu.Target>
        <button
          type="button"
          className={classes.chip}
          aria-label={`View: ${current?.name ?? (unsaved ? "not saved" : "all tasks")}`}
        >
          <b>{current?.name ?? (unsaved ? "Unsaved view" : "All tasks")}</b> <Icon name="down" size={11} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose({})}>All tasks</Menu.Item>
        {views.map((one) => (
          <Menu.Item
            key={one.name}
            onClick={() => choose(one.search)}
            aria-current={one === current ? "true" : undefined}
          >
            {one.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          disabled={!unsaved}
          leftSection={<Icon name="star" />}
          onClick={() => askName((name) => save(name, search))}
        >
          Save this view…
        </Menu.Item>
        {current && (
          <Menu.Item
            leftSection={<Icon name="trash" />}
            onClick={() => {
              forget(current.name);
              toast(`The view “${current.name}” is gone; the tasks stay as they are.`);
            }}
          >
            Forget “{current.name}”
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
