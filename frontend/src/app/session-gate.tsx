// Nothing is drawn until we know who is here; when the server is away, words and a button instead of an empty page.
import { Button, Center, Loader, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { messageOf } from "@/lib/errors";
import { resume, useSession } from "@/lib/session";
import { Logo } from "@/ui/logo";

const againMs = 5000;

export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.status === "starting") {
    return (
      <Center mih="100dvh" aria-busy="true">
        <Loader aria-label="Opening Fermata" />
      </Center>
    );
  }
  return session.status === "away" ? <Away message={messageOf(session.error)} /> : children;
}

function Away({ message }: { message: string }) {
  useEffect(() => {
    const timer = setInterval(() => void resume(), againMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack align="center" gap="sm" maw={420} ta="center">
        <Logo />
        <Title order={1} size="h3">
          No connection to the server
        </Title>
        <Text role="alert">{message} This page tries again by itself.</Text>
        <Button onClick={() => void resume()}>Try again now</Button>
      </Stack>
    </Center>
  );
}
