// The roles, lowest first, with one's own marked.
import { Badge, Group } from "@mantine/core";
import type { Role } from "@/generated/graphql";
import { roles } from "@/ui/roles";
import { Row, Rows } from "@/ui/rows";

export function RoleTable({ mine }: { mine: Role }) {
  return (
    <Rows label="Roles">
      {roles.map(({ value, label, may }) => (
        <Row
          key={value}
          title={
            <Group gap="xs">
              {label}
              {value === mine && (
                <Badge size="sm" variant="light">
                  your role
                </Badge>
              )}
            </Group>
          }
          meta={`May ${may}.`}
        />
      ))}
    </Rows>
  );
}
