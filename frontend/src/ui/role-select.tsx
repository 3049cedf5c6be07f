// Choosing a role; never above `highest`.
import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import type { Role } from "@/generated/graphql";
import { roles } from "./roles";

interface RoleSelectProps extends Omit<NativeSelectProps, "data" | "value" | "onChange"> {
  value: Role;
  onChange: (role: Role) => void;
  highest?: Role;
}

export function RoleSelect({ value, onChange, highest = "ADMIN", ...rest }: RoleSelectProps) {
  const allowed = roles.slice(0, roles.findIndex((role) => role.value === highest) + 1);
  return (
    <NativeSelect
      data={allowed.map((role) => ({ value: role.value, label: role.label }))}
      value={value}
      onChange={(event) => onChange(allowed[event.currentTarget.selectedIndex]?.value ?? value)}
      {...rest}
    />
  );
}
