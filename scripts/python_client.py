"""Writes the typed operations of the Python client from the schema and clients/python/operations.graphql.

The generator that we would have taken needs Python 3.12, and the client is for 3.11 (docs/decisions/0002).
Data is typed as it comes over the wire: dictionaries, checked by the type checker and not again at run time.
"""

import keyword
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    VariableDefinitionNode,
    build_schema,
    parse,
    print_ast,
    separate_operations,
    type_from_ast,  # pyright: ignore[reportUnknownVariableType] - its lists are generic in themselves
)

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "clients" / "python"
TARGET = FOLDER / "fermata_client" / "operations.py"
SCALARS = {
    "ID": "str",
    "String": "str",
    "Int": "int",
    "Float": "float",
    "Boolean": "bool",
    "DateTime": "str",
    "JSON": "Any",
}
HEADER = '''"""The operations of the API, typed. Written by `python -m scripts.python_client`: do not edit.

Dictionaries are as they come over the wire: points in time are ISO 8601 strings in UTC, durations milliseconds.
"""

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict
'''


Type = Any  # lists and non-nulls of GraphQL are generic in each other, which the type checker cannot spell


class Writer:
    """Collects the types that the operations reach, and the two classes of calls."""

    def __init__(self, schema: GraphQLSchema, source: str) -> None:
        self.schema = schema
        self.document = parse(source)
        self.types: dict[str, str] = {}

    def write(self) -> str:
        """The whole module."""
        texts = separate_operations(self.document)
        for node in self.document.definitions:
            if isinstance(node, FragmentDefinitionNode):
                owner = self.schema.type_map[node.type_condition.name.value]
                self.selection(node.name.value, owner, node.selection_set)
        operations = [node for node in self.document.definitions if isinstance(node, OperationDefinitionNode)]
        calls = [self.call(node, print_ast(texts[name_of(node)])) for node in operations]
        return "\n\n".join([HEADER, *self.types.values(), *self.classes(calls)]) + "\n"

    def classes(self, calls: list[tuple[str, str, str, str]]) -> Iterator[str]:
        """The documents, then the same calls twice: for a client that waits and for one that awaits."""
        yield "\n".join(f'{name} = """\\\n{text}"""\n' for name, text, _, _ in calls)
        for title, prefix, wait, words in (
            ("Calls", "def", "", "Each call answers when the server has."),
            ("AsyncCalls", "async def", "await ", "Each call is awaited."),
        ):
            body = "\n\n".join(
                f"    {prefix} {signature}\n        return {wait}self.send({name}, {variables})"
                for name, _, signature, variables in calls
            )
            send = f"    {prefix} send(self, document: str, variables: dict[str, Any]) -> Any:"
            missing = '        """Send a document; the client says how."""\n        raise NotImplementedError'
            yield f'class {title}:\n    """{words}"""\n\n{send}\n{missing}\n\n{body}'

    def call(self, node: OperationDefinitionNode, text: str) -> tuple[str, str, str, str]:
        """Name of the document, its text, signature and variables of the call."""
        name = name_of(node)
        root = self.schema.get_root_type(node.operation)
        assert root is not None
        self.selection(f"{name}Data", root, node.selection_set)
        definitions = node.variable_definitions or ()
        ordered = sorted(definitions, key=lambda v: not is_required(v))
        parameters = [self.parameter(v) for v in ordered]
        star = next((i for i, v in enumerate(ordered) if not is_required(v)), None)
        if star is not None:
            parameters.insert(star, "*")
        pairs = ", ".join(f'"{v.variable.name.value}": {snake(v.variable.name.value)}' for v in definitions)
        signature = f"{snake(name)}({', '.join(['self', *parameters])}) -> {name}Data:"
        return f"{snake(name).upper()}", text, signature, f"given({{{pairs}}})" if pairs else "{}"

    def parameter(self, node: VariableDefinitionNode) -> str:
        """A variable as a parameter; what may be left out is None, and then not sent."""
        of: Type = type_from_ast(self.schema, node.type)
        assert of is not None
        name = snake(node.variable.name.value)
        annotation = self.input(of)
        if is_required(node):
            return f"{name}: {annotation}"
        return f"{name}: {annotation.removesuffix(' | None')} | None = None"

    def selection(self, name: str, owner: GraphQLNamedType, selections: SelectionSetNode) -> str:
        """The name of the type of a selection; writes that type where it is new."""
        spreads = [s.name.value for s in selections.selections if isinstance(s, FragmentSpreadNode)]
        fields = [s for s in selections.selections if isinstance(s, FieldNode)]
        if len(spreads) == 1 and not fields:
            return spreads[0]
        assert isinstance(owner, GraphQLObjectType)
        lines = [f"    {self.key(field)}: {self.output(name, owner, field)}" for field in fields]
        bases = ", ".join(spreads or ["TypedDict"])
        self.types[name] = f"class {name}({bases}):\n" + "\n".join(lines)
        return name

    def key(self, field: FieldNode) -> str:
        """Under which key the field is in the answer."""
        key = (field.alias or field.name).value
        assert not keyword.iskeyword(key), f"give {key} another name"
        return key

    def output(self, name: str, owner: GraphQLObjectType, field: FieldNode) -> str:
        """The annotation of a field of an answer."""
        of: Type = owner.fields[field.name.value].type
        inner = named(of)
        if field.selection_set is None:
            return self.wrapped(of, self.leaf(inner), "list")
        title = name.removesuffix("Data") + self.key(field)[0].upper() + self.key(field)[1:]
        return self.wrapped(of, self.selection(title, inner, field.selection_set), "list")

    def input(self, of: Type) -> str:
        """The annotation of a value that is sent."""
        inner = named(of)
        name = self.input_object(inner) if isinstance(inner, GraphQLInputObjectType) else self.leaf(inner)
        return self.wrapped(of, name, "Sequence")

    def wrapped(self, of: Type, name: str, sequence: str) -> str:
        """Nullable unless said otherwise, and lists of lists."""
        if str(of).endswith("!"):
            return self.wrapped(of.of_type, name, sequence).removesuffix(" | None")
        inner = f"{sequence}[{self.wrapped(of.of_type, name, sequence)}]" if str(of).startswith("[") else name
        return inner if inner == "Any" else f"{inner} | None"

    def leaf(self, of: GraphQLNamedType) -> str:
        """Scalars are Python's, enums the literals of their values."""
        if isinstance(of, GraphQLEnumType):
            values = ", ".join(f'"{value}"' for value in of.values)
            self.types.setdefault(of.name, f"{of.name} = Literal[{values}]")
            return of.name
        return SCALARS[of.name]

    def input_object(self, of: GraphQLInputObjectType) -> str:
        """An input; of a @oneOf just one key may be there, and the server says so."""
        if of.name not in self.types:
            self.types[of.name] = ""  # it may hold itself
            lines: list[str] = []
            for key, field in of.fields.items():
                annotation = self.input(field.type)
                required = isinstance(field.type, GraphQLNonNull) and field.default_value is Undefined
                lines.append(f"    {key}: {annotation if required else f'NotRequired[{annotation}]'}")
            text = f"class {of.name}(TypedDict):\n" + "\n".join(lines)
            del self.types[of.name]
            self.types[of.name] = text
        return of.name


def named(of: Type) -> GraphQLNamedType:
    """The type inside all lists and non-nulls."""
    return named(of.of_type) if hasattr(of, "of_type") else of


def name_of(node: OperationDefinitionNode) -> str:
    """Every operation of the client has a name."""
    assert node.name is not None
    return node.name.value


def is_required(node: VariableDefinitionNode) -> bool:
    """Whether the variable has to be given."""
    return node.type.kind == "non_null_type" and node.default_value is None


def snake(name: str) -> str:
    """camelCase as snake_case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def generate(schema: str) -> str:
    """The module's text, formatted."""
    text = Writer(build_schema(schema), (FOLDER / "operations.graphql").read_text()).write()
    text = text.replace("\n\n\nclass Calls:", GIVEN, 1)
    command = [sys.executable, "-m", "ruff", "format", "--line-length", "120", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


GIVEN = '''

def given(variables: dict[str, Any]) -> dict[str, Any]:
    """Only what was given: a variable that is left out takes its default on the server."""
    return {name: value for name, value in variables.items() if value is not None}


class Calls:'''

if __name__ == "__main__":
    TARGET.write_text(generate((ROOT / "gql" / "schema.graphql").read_text()))
