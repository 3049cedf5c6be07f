// The tokens with when they were last used, and the button that ends them.
import { Badge, Button, Group, Text } from "@mantine/core";
import { RevokeApiTokenDocument, type TokensQuery } from "@/generated/graphql";
import { useNow } from "@/lib/clock";
import { confirm } from "@/ui/confirm";
import { Moment } from "@/ui/moment";
import { roleLabel } from "@/ui/roles";
import { Row, Rows } from "@/ui/rows";
import { useDeed } from "@/ui/use-deed";

type Token = NonNullable<TokensQuery["workspace"]>["apiTokens"][number];

export function TokenList({ tokens }: { tokens: Token[] }) {
  const revoke = useDeed(RevokeApiTokenDocument, "The token is revoked; it opens nothing from now on.");
  if (tokens.length === 0) {
    return (
      <Text c="dimmed">
        No tokens yet. Make one for a script, a scheduler or another server, and send it as{" "}
        <code>Authorization: Bearer fmt_…</code>
      </Text>
    );
  }
  const ask = ({ id, name }: Token) =>
    confirm({
      title: `Revoke “${name}”?`,
      body: "Programs that use it are refused from then on. This cannot be undone.",
      deed: "Revoke",
      act: () => revoke({ id }),
    });
  return (
    <Rows label="Tokens">
      {tokens.map((token) => (
        <Row
          key={token.id}
          title={<TokenName token={token} />}
          meta={<TokenMeta token={token} />}
          actions={
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              onClick={() => ask(token)}
              aria-label={`Revoke ${token.name}`}
            >
              Revoke
            </Button>
          }
        />
      ))}
    </Rows>
  );
}

function TokenName({ token }: { token: Token }) {
  const expired = useExpired(token);
  return (
    <Group gap="xs">
      {token.name}
      {expired && (
        <Badge size="sm" variant="light" color="red">
          expired
        </Badge>
      )}
    </Group>
  );
}

function useExpired({ expiresAt }: Token): boolean {
  const now = useNow(10_000);
  return expiresAt !== null && Date.parse(expiresAt) <= now;
}

function TokenMeta({ token }: { token: Token }) {
  const { role, createdBy, createdAt, lastUsedAt, expiresAt } = token;
  const expires = useExpired(token) ? "expired " : "expires ";
  return (
    <>
      {roleLabel(role)}, by {createdBy.displayName} <Moment at={createdAt} /> ·{" "}
      {lastUsedAt ? "last used " : "never used"}
      {lastUsedAt && <Moment at={lastUsedAt} />} · {expiresAt ? expires : "does not expire"}
      {expiresAt && <Moment at={expiresAt} />}
    </>
  );
}
