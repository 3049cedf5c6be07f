// The explorer's entry: GraphiQL, bundled, signed in as whoever is signed in on the site.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "@/ui/tokens.css";
import "./explorer.css";
import { createRoot } from "react-dom/client";
import { resume } from "@/lib/session";
import { Explorer } from "./explorer";
import { repairTabs } from "./tab-roles";

const root = document.getElementById("root");
if (root === null) throw new Error("explorer/index.html has no #root");

repairTabs(root);
void resume();
createRoot(root).render(<Explorer />);
