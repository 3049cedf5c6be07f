"""What the work of a task has printed."""

from datetime import datetime

import strawberry

from gql.slices import Line, Part
from gql.types.node import PageInfo


@strawberry.type(description="A line that the work of a task has printed.")
class LogLine:
    """At most 4 kB; a task keeps 10,000."""

    at: datetime = strawberry.field(description="When it was received.")
    stream: str = strawberry.field(description='Where it came from: "out" and "err" of a program, "log" of a function.')
    text: str = strawberry.field(description="The line, without its end.")


@strawberry.type(description="A line, and where in the log.")
class LogEdge:
    """Of `Task.logs`."""

    node: LogLine = strawberry.field(description="The line.")
    cursor: str = strawberry.field(description="Opaque; pass it as `after` to read on.")


@strawberry.type(description="A page of log lines, the earliest first.")
class LogConnection:
    """Of `Task.logs`."""

    edges: list[LogEdge] = strawberry.field(description="The lines with their cursors.")
    nodes: list[LogLine] = strawberry.field(description="The same lines without.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the log.")

    @classmethod
    def of(cls, page: Part[Line]) -> "LogConnection":
        """A page that has been read."""
        nodes = [LogLine(at=line.at, stream=line.stream, text=line.text) for line in page.rows]
        return cls(
            edges=[LogEdge(node=node, cursor=cursor) for node, cursor in zip(nodes, page.cursors, strict=True)],
            nodes=nodes,
            page_info=PageInfo.of(page.has_next, page.has_previous, page.cursors),
        )
