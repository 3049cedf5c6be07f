// Every account of this server, for its administrators: who there is, and switching an account off and on.
import { Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { ServerUsersDocument, type ServerUsersQuery, SetUserDisabledDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { useMe } from "@/lib/session";
import { useRead } from "@/lib/use-graphql";
import { confirm } from "@/ui/confirm";
import { Failure } from "@/ui/failure";
import { Moment } from "@/ui/moment";
import { Section } from "@/ui/page";
import { ResetLink } from "@/ui/reset-link";
import { Row, Rows } from "@/ui/rows";
import { useDeed } from "@/ui/use-deed";

type Account = ServerUsersQuery["users"]["nodes"][number];

export function ServerUsers() {
  const [search, setSearch] = useState("");
  const [settled] = useDebouncedValue(search.trim(), 250);
  const { data, error, refetch } = useRead(ServerUsersDocument, { search: settled || null });
  return (
    <Section
      title="Accounts of this server"
      lead="You see them because you are the administrator of this server."
      actions={
        <TextInput
          type="search"
          aria-label="Search accounts"
          placeholder="name or e-mail"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      {error && <Failure order={2} message={messageOf(error)} again={() => void refetch()} />}
      {data?.users.nodes.length === 0 && <Text c="dimmed">Nobody goes by that.</Text>}
      {data && data.users.nodes.length > 0 && (
        <Rows label="Accounts">
          {data.users.nodes.map((user) => (
            <AccountRow key={user.id} user={user} />
          ))}
        </Rows>
      )}
      {data?.users.pageInfo.hasNextPage && <Text c="dimmed">The first 50 are shown; search for others.</Text>}
    </Section>
  );
}

function AccountRow({ user }: { user: Account }) {
  const me = useMe();
  const disable = useDeed(SetUserDisabledDocument, `${user.displayName} can no longer sign in.`);
  const enable = useDeed(SetUserDisabledDocument, `${user.displayName} can sign in again.`);
  const ask = () =>
    confirm({
      title: `Switch off the account of ${user.displayName}?`,
      body: "All of their sessions and tokens stop at once. Their tasks and history stay, and the account can be switched on again.",
      deed: "Switch off",
      act: () => disable({ id: user.id, disabled: true }),
    });
  return (
    <Row
      title={<AccountName user={user} />}
      meta={
        <>
          {user.email} · since <Moment at={user.createdAt} />
        </>
      }
      actions={
        user.id !== me.id && (
          <>
            {!user.disabled && <ResetLink user={user} />}
            <Button
              size="compact-sm"
              variant={user.disabled ? "default" : "subtle"}
              color={user.disabled ? undefined : "red"}
              onClick={() => (user.disabled ? void enable({ id: user.id, disabled: false }) : ask())}
              aria-label={`Switch ${user.disabled ? "on" : "off"} ${user.displayName}`}
            >
              Switch {user.disabled ? "on" : "off"}
            </Button>
          </>
        )
      }
    />
  );
}

function AccountName({ user }: { user: Account }) {
  return (
    <Group gap="xs">
      {user.displayName}
      {user.isInstanceAdmin && (
        <Badge size="sm" variant="light">
          administrator
        </Badge>
      )}
      {user.disabled && (
        <Badge size="sm" variant="light" color="red">
          switched off
        </Badge>
      )}
    </Group>
  );
}
