// What every page stands on: colours, confirmations, toasts, the cache of reads.
import { MantineProvider } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { session } from "@/lib/session";
import { mayRetry } from "@/lib/use-graphql";
import { colorSchemeManager, cssVariablesResolver, theme } from "./theme";

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayRetry, staleTime: 1000, networkMode: "always", refetchOnWindowFocus: true },
    mutations: { networkMode: "always" },
  },
});

// What one person read is never shown to the next.
session.subscribe(() => {
  if (session.get().status === "signedOut") queryClient.clear();
});

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>{children}</ModalsProvider>
        <Notifications position="bottom-left" limit={4} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
