"""The shape of a document as a flat list, so that whatever measures it needs neither recursion nor a second visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

Definition: TypeAlias = OperationDefinitionNode | FragmentDefinitionNode


@dataclass(slots=True)
class Block:
    """One selection set: what stands in it, and for each selection the block that it opens or spreads, if any."""

    node: SelectionSetNode
    selections: list[tuple[FieldNode | InlineFragmentNode | FragmentSpreadNode, Block | None]] = field(
        default_factory=list["tuple[FieldNode | InlineFragmentNode | FragmentSpreadNode, Block | None]"]
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """All blocks of a document; each stands after those that it opens or spreads.

    A fragment that spreads itself is cut where the circle closes (validation refuses such a document), and the spread of
    a fragment that does not exist opens nothing.
    """

    blocks: list[Block]
    roots: list[tuple[Definition, Block]]

    @property
    def operations(self) -> list[tuple[OperationDefinitionNode, Block]]:
        """The operations of the document with their outermost block."""
        return [(node, block) for node, block in self.roots if isinstance(node, OperationDefinitionNode)]


def outline(document: DocumentNode) -> Outline:
    """Walk a document once, fragments included, each only once. Linear in the document and not recursive."""
    definitions = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
    ]
    walk = _Walk({node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)})
    return Outline(walk.blocks, [(node, walk.visit(node.selection_set)) for node in definitions])


class _Walk:
    """Depth first with a stack of its own; a block is finished when all that it opens is."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self.blocks: list[Block] = []
        self._fragments = fragments
        self._known: dict[int, Block] = {}
        self._open: set[int] = set()

    def visit(self, root: SelectionSetNode) -> Block:
        """The block of a selection set, after everything that it opens."""
        if id(root) in self._known:
            return self._known[id(root)]
        stack = [self._enter(root)]
        while stack:
            block, rest = stack[-1]
            selection = next(rest, None)
            if selection is None:
                stack.pop()
                self._open.discard(id(block.node))
                self.blocks.append(block)
                continue
            inner = self._inner(selection)
            if inner is None or id(inner) in self._open:
                block.selections.append((selection, None))
            elif id(inner) in self._known:
                block.selections.append((selection, self._known[id(inner)]))
            else:
                entered = self._enter(inner)
                block.selections.append((selection, entered[0]))
                stack.append(entered)
        return self._known[id(root)]

    def _enter(
        self, node: SelectionSetNode
    ) -> tuple[Block, Iterator[FieldNode | InlineFragmentNode | FragmentSpreadNode]]:
        block = self._known[id(node)] = Block(node)
        self._open.add(id(node))
        kinds = (FieldNode, InlineFragmentNode, FragmentSpreadNode)
        return block, iter([node for node in node.selections if isinstance(node, kinds)])

    def _inner(self, selection: FieldNode | InlineFragmentNode | FragmentSpreadNode) -> SelectionSetNode | None:
        if isinstance(selection, FragmentSpreadNode):
            fragment = self._fragments.get(selection.name.value)
            return fragment.selection_set if fragment else None
        return selection.selection_set
