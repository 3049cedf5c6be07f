"""What has an id of its own, and one page of a list."""

from collections.abc import Sequence

import strawberry


@strawberry.interface(description="Whatever has an id of its own; `Query.node` finds it again.")
class Node:
    """The Relay interface of the same name."""

    id: strawberry.ID = strawberry.field(description="Opaque, and the same for ever.")


@strawberry.type(description="Where a page lies in its list, as Relay's connections say it.")
class PageInfo:
    """Cursors are opaque; they carry the sort key and the id of a row."""

    has_next_page: bool = strawberry.field(description="Whether more follows after this page.")
    has_previous_page: bool = strawberry.field(description="Whether something comes before this page.")
    start_cursor: str | None = strawberry.field(description="Of the first row; null when the page is empty.")
    end_cursor: str | None = strawberry.field(description="Of the last row; pass it as `after` for the next page.")

    @classmethod
    def of(cls, has_next: bool, has_previous: bool, cursors: Sequence[str]) -> "PageInfo":
        """The information for a page with these cursors."""
        return cls(
            has_next_page=has_next,
            has_previous_page=has_previous,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )
