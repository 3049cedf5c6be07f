// The site's entry: find out who is here, then draw.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/tokens.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "@/app/providers";
import { router } from "@/app/router";
import { SessionGate } from "@/app/session-gate";
import { resume } from "@/lib/session";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

void resume();
createRoot(root).render(
  <StrictMode>
    <Providers>
      <SessionGate>
        <RouterProvider router={router} />
      </SessionGate>
    </Providers>
  </StrictMode>,
);
