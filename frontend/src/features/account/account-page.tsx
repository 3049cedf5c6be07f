// Oneself: name, password, sessions, and how this browser shows things.
import { useMe } from "@/lib/session";
import { useTitle } from "@/lib/title";
import { Page } from "@/ui/page";
import { Appearance } from "./appearance";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { ServerUsers } from "./server-users";
import { Sessions } from "./sessions";

export function AccountPage() {
  const me = useMe();
  useTitle("Account");
  return (
    <Page title="Account" lead={me.email}>
      <ProfileForm />
      <Appearance />
      <PasswordForm />
      <Sessions />
      {me.isInstanceAdmin && <ServerUsers />}
    </Page>
  );
}
