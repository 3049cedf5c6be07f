// The pages of a workspace, once, for the header and for the drawer of narrow screens.
import { Link, useMatchRoute, useSearch } from "@tanstack/react-router";
import classes from "./shell.module.css";

const pages = [
  { to: "/w/$slug", label: "Board" },
  { to: "/w/$slug/table", label: "Table" },
  { to: "/w/$slug/people", label: "People" },
  { to: "/w/$slug/tokens", label: "Tokens" },
  { to: "/w/$slug/audit", label: "Audit" },
] as const;

export function NavLinks({ slug, onFollow }: { slug: string; onFollow?: () => void }) {
  // An open task belongs to what lies under it.
  const { view } = useSearch({ strict: false });
  const atTask = useMatchRoute()({ to: "/w/$slug/t/$id" }) !== false;
  const under = view === "table" ? "Table" : "Board";
  return (
    <>
      {pages.map(({ to, label }) => (
        <Link
          onClick={onFollow}
          key={to}
          to={to}
          params={{ slug }}
          className={`${classes.link} ${atTask && label === under ? classes.current : ""}`}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {label}
        </Link>
      ))}
      <a className={classes.link} href="/graphiql">
        Explorer
      </a>
    </>
  );
}
