// Every address of the site. Pages are loaded when first opened; who is not signed in is sent to sign in and back.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readAuditSearch } from "@/features/audit/search";
import { session } from "@/lib/session";
import { parseSearch } from "@/lib/tasks/search";
import { CrashPage } from "./crash-page";
import { HomePage } from "./home-page";
import { NotFoundPage } from "./not-found-page";
import { part } from "./page-parts";
import { RootLayout } from "./root-layout";
import { PlainLayout, SignedInLayout } from "./signed-in-layout";
import { WorkspaceLayout } from "./workspace-layout";

const text = (value: unknown) => (typeof value === "string" ? value : undefined);

const root = createRootRoute({
  component: RootLayout,
  notFoundComponent: () => <NotFoundPage />,
  errorComponent: CrashPage,
});

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { next?: string; failed?: string } => ({
    next: text(search.next),
    failed: text(search.failed),
  }),
  component: lazyRouteComponent(
    part(() => import("@/features/session/sign-in-page")),
    "SignInPage",
  ),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(
    part(() => import("@/features/session/sign-up-page")),
    "SignUpPage",
  ),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up",
  component: lazyRouteComponent(
    part(() => import("@/features/session/set-up-page")),
    "SetUpPage",
  ),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(
    part(() => import("@/features/session/invitation-page")),
    "InvitationPage",
  ),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  component: lazyRouteComponent(
    part(() => import("@/features/session/reset-password-page")),
    "ResetPasswordPage",
  ),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: ({ location }) => {
    if (session.get().status !== "signedIn") throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
  component: SignedInLayout,
});

const plain = createRoute({ getParentRoute: () => signedIn, id: "plain", component: PlainLayout });

const account = createRoute({
  getParentRoute: () => plain,
  path: "/account",
  component: lazyRouteComponent(
    part(() => import("@/features/account/account-page")),
    "AccountPage",
  ),
});

const newWorkspace = createRoute({
  getParentRoute: () => plain,
  path: "/new-workspace",
  component: lazyRouteComponent(
    part(() => import("@/features/account/new-workspace-page")),
    "NewWorkspacePage",
  ),
});

const workspace = createRoute({ getParentRoute: () => signedIn, path: "/w/$slug", component: WorkspaceLayout });

// Board and table are one layout: an open task lies over either, and filters stay when one goes from one to the other.
const tasks = createRoute({
  getParentRoute: () => workspace,
  id: "tasks",
  validateSearch: parseSearch,
  component: lazyRouteComponent(
    part(() => import("./tasks-layout")),
    "TasksLayout",
  ),
});

const board = createRoute({ getParentRoute: () => tasks, path: "/" });

const table = createRoute({ getParentRoute: () => tasks, path: "/table" });

const task = createRoute({
  getParentRoute: () => tasks,
  path: "/t/$id",
  component: lazyRouteComponent(
    part(() => import("@/features/task/task-panel")),
    "TaskPanel",
  ),
});

const people = createRoute({
  getParentRoute: () => workspace,
  path: "/people",
  component: lazyRouteComponent(
    part(() => import("@/features/people/people-page")),
    "PeoplePage",
  ),
});

const tokens = createRoute({
  getParentRoute: () => workspace,
  path: "/tokens",
  component: lazyRouteComponent(
    part(() => import("@/features/tokens/tokens-page")),
    "TokensPage",
  ),
});

const audit = createRoute({
  getParentRoute: () => workspace,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(
    part(() => import("@/features/audit/audit-page")),
    "AuditPage",
  ),
});

const inWorkspace = workspace.addChildren([tasks.addChildren([board, table, task]), people, tokens, audit]);

const routeTree = root.addChildren([
  home,
  signIn,
  signUp,
  setUp,
  invitation,
  resetPassword,
  signedIn.addChildren([plain.addChildren([account, newWorkspace]), inWorkspace]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultErrorComponent: CrashPage, // in the place of the page: the frame around it stays
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
