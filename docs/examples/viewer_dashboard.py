"""A VIEWER's program: a dashboard for a terminal that polls. While nothing changes an answer is a 304 without a body.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python viewer_dashboard.py my-team [looks [seconds]]
"""

import json
import os
import sys
import time
from typing import Any

import httpx2

NOT_MODIFIED = 304
QUERY = """query Dashboard($slug: String!) {
  workspace(slug: $slug) {
    name
    counts { status count }
    tasks(first: 5, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { title status progress } }
  }
}"""


def main(slug: str, looks: int, seconds: float) -> None:
    """Look so many times, and draw what has changed."""
    headers = {"Authorization": f"Bearer {os.environ['FERMATA_TOKEN']}"}
    asked = {"query": QUERY, "variables": json.dumps({"slug": slug})}
    with httpx2.Client(base_url=os.environ["FERMATA_URL"], headers=headers, timeout=30) as http:
        tag = ""
        for look in range(looks):
            if look:
                time.sleep(seconds)
            answer = http.get("/graphql", params=asked, headers={"If-None-Match": tag} if tag else {})
            tag = answer.headers.get("etag", "")
            show(answer)


def show(answer: httpx2.Response) -> None:
    """What an answer says: nothing new, wait, or how things stand."""
    if answer.status_code == NOT_MODIFIED:
        print(f"304, {len(answer.content)} bytes: nothing new")
        return
    said = answer.json()
    if errors := said.get("errors"):
        if answer.status_code not in (429, 503):  # busy: the next look will do
            raise SystemExit(errors[0]["message"])
        print(errors[0]["message"])
    elif said["data"]["workspace"] is None:
        raise SystemExit("There is no such workspace for this token.")
    else:
        draw(said["data"]["workspace"], answer)


def draw(workspace: dict[str, Any], answer: httpx2.Response) -> None:
    """The counts of what there is, and the tasks that changed last."""
    counts = ", ".join(f"{one['count']} {one['status']}" for one in workspace["counts"] if one["count"])
    print(f"200, {len(answer.content)} bytes: {workspace['name']}: {counts or 'no tasks yet'}")
    for task in workspace["tasks"]["nodes"]:
        done = "" if task["progress"] is None else f" {task['progress']:.0%}"
        print(f"  {task['status']:12}{done} {task['title']}")


if __name__ == "__main__":
    given = sys.argv[2:]
    main(sys.argv[1], int(given[0]) if given else sys.maxsize, float(given[1]) if len(given) > 1 else 1.0)
