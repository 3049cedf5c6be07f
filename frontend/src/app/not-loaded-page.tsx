// A page whose code did not come: it says so where the page would be, and opens by itself when the server answers.
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTitle } from "@/lib/title";
import { Notice } from "@/ui/notice";
import { mayReload } from "./page-parts";

const againMs = 3000;

export function NotLoadedPage() {
  useTitle("Not loaded");
  useEffect(() => {
    const timer = setInterval(() => void openIfThere(), againMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Notice
      title="This page could not be loaded"
      action={<Button onClick={() => window.location.reload()}>Load it now</Button>}
      alert
    >
      The server did not answer, or has a newer version of the site. The page opens by itself when it can.
    </Notice>
  );
}

async function openIfThere(): Promise<void> {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok && mayReload(Date.now(), sessionStorage)) window.location.reload();
}
