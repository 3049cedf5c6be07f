// GraphiQL with the site's credential, the examples beside it, and a bar that says who one is.
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { useMemo } from "react";
import { useSession } from "@/lib/session";
import { examplesFor } from "./examples";
import { examplesPlugin } from "./examples-plugin";
import { fetcher } from "./fetcher";
import { placeOf, whoIs } from "./who";

const welcome = `query Me {
  viewer {
    displayName
    workspaces {
      role
      workspace {
        name
        slug
      }
    }
  }
}
`;

export function Explorer() {
  const session = useSession();
  const place = session.status === "signedIn" ? placeOf(session.user)?.workspace : undefined;
  const plugins = useMemo(() => [HISTORY_PLUGIN, examplesPlugin(examplesFor(place))], [place]);
  return (
    <div className="explorer">
      <Bar />
      <main className="explorer-body" aria-label="Explorer">
        {session.status === "starting" ? null : (
          <GraphiQL
            fetcher={fetcher}
            defaultQuery={welcome}
            plugins={plugins}
            forcedTheme={document.documentElement.dataset.mantineColorScheme === "dark" ? "dark" : "light"}
          />
        )}
      </main>
    </div>
  );
}

function Bar() {
  const session = useSession();
  return (
    <header className="explorer-bar">
      <a href="/">Fermata</a>
      <h1>Explorer</h1>
      <span className="explorer-who">
        {session.status === "signedIn" && whoIs(session.user)}
        {session.status === "signedOut" && (
          <>
            Not signed in. <a href="/sign-in?next=%2Fgraphiql">Sign in</a>
          </>
        )}
        {session.status === "away" && <span role="alert">No connection to the server. Reload when it is back.</span>}
      </span>
    </header>
  );
}
