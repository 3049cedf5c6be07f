// Narrowing the audit: by person, by deed, by day. The address holds what is chosen.
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { AuditPeopleDocument } from "@/generated/graphql";
import { useRead } from "@/lib/use-graphql";
import { useWorkspace } from "@/lib/workspace";
import type { AuditSearch } from "./search";
import { verbs } from "./words";

const actions = Object.keys(verbs).map((action) => ({
  value: action,
  label: action.toLowerCase().replaceAll("_", " "),
}));

export function Filters() {
  const { slug } = useWorkspace();
  const search = useSearch({ from: "/signed-in/w/$slug/audit" });
  const navigate = useNavigate({ from: "/w/$slug/audit" });
  const { data } = useRead(AuditPeopleDocument, { slug });
  const people = data?.workspace?.members.map(({ user }) => ({ value: user.id, label: user.displayName })) ?? [];
  const set = (change: AuditSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  const chosen = Object.values(search).some(Boolean);
  return (
    <Group align="flex-end" gap="sm" role="search" aria-label="Filter the audit">
      <NativeSelect
        label="Who"
        data={[{ value: "", label: "anyone" }, ...people]}
        value={search.actor ?? ""}
        onChange={(event) => set({ actor: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label="What"
        data={[{ value: "", label: "anything" }, ...actions]}
        value={search.action ?? ""}
        onChange={(event) => set({ action: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="From"
        value={search.from ?? ""}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="To, with that day"
        value={search.to ?? ""}
        onChange={(event) => set({ to: event.currentTarget.value || undefined })}
      />
      {chosen && (
        <Button variant="subtle" onClick={() => void navigate({ search: {}, replace: true })}>
          Show all
        </Button>
      )}
    </Group>
  );
}
