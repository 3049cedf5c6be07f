"""A VIEWER's program: say how things stand, and follow what changes, asking for the changes alone.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python viewer_report.py my-team [looks]
"""

import os
import sys
import time

from fermata_client import Fermata


def main(slug: str, looks: int) -> None:
    """Print the counts, then every task that changed, once a second."""
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = fermata.workspace(slug)["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        for count in workspace["counts"]:
            print(f"{count['status']:12} {count['count']}")
        follow(fermata, slug, workspace["revision"], looks)


def follow(fermata: Fermata, slug: str, revision: str, looks: int) -> None:
    """Each look costs the server one probe of an index while nothing changes."""
    for _ in range(looks):
        found = fermata.changes(slug, revision)["workspace"]
        if found is None:
            raise SystemExit("This token may no longer see the workspace.")
        for task in found["changes"]["tasks"]:
            print(f"{task['updatedAt']} {task['title']}: {task['status']}")
        revision = found["changes"]["revision"]
        if not found["changes"]["hasMore"]:
            time.sleep(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else sys.maxsize)
