// Signing in by somebody else's word: a button for each OpenID provider that the server offers.
import { Button } from "@mantine/core";
import type { SignInOptionsQuery } from "@/generated/graphql";

export function Providers({
  providers,
  next,
}: {
  providers: SignInOptionsQuery["signInOptions"]["providers"];
  next: string;
}) {
  return providers.map(({ name, label, signInUrl }) =>
    signInUrl === null ? null : (
      <Button key={name} variant="default" fullWidth component="a" href={withNext(signInUrl, next)}>
        Continue with {label}
      </Button>
    ),
  );
}

function withNext(address: string, next: string): string {
  const url = new URL(address, window.location.origin);
  url.searchParams.set("return_to", next);
  return url.toString();
}
