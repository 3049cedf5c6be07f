// The frame of a workspace: finds it by its slug, and gives it to the pages inside.
import { Center, Loader } from "@mantine/core";
import { Outlet, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { ActProvider } from "@/features/actions/act-provider";
import { WorkspaceDocument } from "@/generated/graphql";
import { messageOf } from "@/lib/errors";
import { useRead } from "@/lib/use-graphql";
import { rememberWorkspace, WorkspaceContext } from "@/lib/workspace";
import { Failure } from "@/ui/failure";
import { LiveTasks } from "./live-tasks";
import { NotFoundPage } from "./not-found-page";
import { OverlayKeys } from "./overlay-keys";
import { Shell } from "./shell";

const Overlays = lazy(() => import("./overlays").then((module) => ({ default: module.Overlays })));

export function WorkspaceLayout() {
  const { slug } = useParams({ from: "/signed-in/w/$slug" });
  const { data, error, refetch } = useRead(WorkspaceDocument, { slug });
  const workspace = data?.workspace;
  useEffect(() => {
    if (workspace) rememberWorkspace(workspace.slug);
  }, [workspace]);

  if (workspace) {
    return (
      <WorkspaceContext value={workspace}>
        <LiveTasks key={workspace.id} workspace={workspace}>
          <ActProvider>
            <Shell workspace={workspace}>
              <Outlet />
            </Shell>
            <OverlayKeys />
            <Suspense fallback={null}>
              <Overlays />
            </Suspense>
          </ActProvider>
        </LiveTasks>
      </WorkspaceContext>
    );
  }
  if (workspace === null) return <NotFoundPage what="workspace" />;
  if (error) return <Failure message={messageOf(error)} again={() => void refetch()} />;
  return (
    <Center mih="100dvh" aria-busy="true">
      <Loader aria-label="Opening the workspace" />
    </Center>
  );
}
