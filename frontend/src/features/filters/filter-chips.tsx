// Each filter that is set, with a way to take it off.
import type { ReactNode } from "react";
import { useMe } from "@/lib/session";
import { statusWord } from "@/lib/tasks/groups";
import { filterOf, joinList, splitList } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { Icon } from "@/ui/icon";
import classes from "./filters.module.css";
import { useChoices } from "./use-choices";

export function FilterChips({ withStatus }: { withStatus: boolean }) {
  const [search, setSearch] = useTaskSearch();
  const { id: me } = useMe();
  const { kinds, people } = useChoices();
  const { status = [] } = filterOf(search, me);
  const without = (text: string | undefined, value: string) => joinList(splitList(text).filter((one) => one !== value));
  const who = search.who === "me" ? "you" : people.find((person) => person.value === search.who)?.label;
  return (
    <>
      {withStatus &&
        (status ?? []).map((one) => (
          <Chip
            key={one}
            name="status"
            value={statusWord(one)}
            off={() => setSearch({ status: without(search.status, one) })}
          />
        ))}
      {splitList(search.labels).map((label) => (
        <Chip key={label} name="label" value={label} off={() => setSearch({ labels: without(search.labels, label) })} />
      ))}
      {splitList(search.kinds).map((kind) => {
        const label = kinds.find((one) => one.value === kind)?.label ?? kind;
        return (
          <Chip key={kind} name="kind" value={label} off={() => setSearch({ kinds: without(search.kinds, kind) })} />
        );
      })}
      {search.who && <Chip name="who" value={who ?? "someone"} off={() => setSearch({ who: undefined })} />}
    </>
  );
}

function Chip({ name, value, off }: { name: string; value: ReactNode; off: () => void }) {
  return (
    <span className={classes.chip}>
      {name}: <b>{value}</b>
      <button type="button" aria-label={`Remove the filter ${name} ${value}`} onClick={off}>
        <Icon name="cancel" size={11} />
      </button>
    </span>
  );
}
