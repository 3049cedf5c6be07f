// An address that leads nowhere, or to what is not ours to see: the same words for both.
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTitle } from "@/lib/title";
import { Logo } from "@/ui/logo";
import { Notice } from "@/ui/notice";

export function NotFoundPage({ what = "page" }: { what?: string }) {
  useTitle("Not found");
  return (
    <Notice
      title={`No such ${what}`}
      mark={<Logo />}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>Go to the board</Button>}
    >
      It does not exist, or it is not yours to see. If somebody sent you the address, ask them to invite you.
    </Notice>
  );
}
