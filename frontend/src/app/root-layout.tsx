// Around every page: what a screen reader is told on the way.
import { Outlet } from "@tanstack/react-router";
import { Announcer } from "./announcer";

export function RootLayout() {
  return (
    <>
      <Outlet />
      <Announcer />
    </>
  );
}
