// Choosing filters; each choice takes effect at once and is in the address.
import { MultiSelect, Select, Stack, TagsInput } from "@mantine/core";
import { useMe } from "@/lib/session";
import { allStatuses, statusWord } from "@/lib/tasks/groups";
import { joinList, splitList } from "@/lib/tasks/search";
import { useTaskSearch } from "@/lib/tasks/use-search";
import { useChoices } from "./use-choices";

const inside = { withinPortal: false };
const statuses = allStatuses.map((value) => ({ value, label: statusWord(value) }));

export function FilterForm({ withStatus }: { withStatus: boolean }) {
  const [search, setSearch] = useTaskSearch();
  const { id: me } = useMe();
  const { kinds, people, labels } = useChoices();
  const others = people.filter((person) => person.value !== me);
  return (
    <Stack gap="xs">
      {withStatus && (
        <MultiSelect
          label="Status"
          data={statuses}
          value={splitList(search.status)}
          onChange={(values) => setSearch({ status: joinList(values) })}
          comboboxProps={inside}
          clearable
        />
      )}
      <TagsInput
        label="Labels"
        description="All of them must be there."
        data={labels}
        value={splitList(search.labels)}
        onChange={(values) => setSearch({ labels: joinList(values) })}
        comboboxProps={inside}
        maxTags={20}
      />
      <MultiSelect
        label="Kind"
        data={kinds}
        value={splitList(search.kinds)}
        onChange={(values) => setSearch({ kinds: joinList(values) })}
        comboboxProps={inside}
        clearable
      />
      <Select
        label="Made by"
        placeholder="anyone"
        data={[{ value: "me", label: "me" }, ...others]}
        value={search.who ?? null}
        onChange={(value) => setSearch({ who: value ?? undefined })}
        comboboxProps={inside}
        clearable
      />
    </Stack>
  );
}
