"""The served schema keeps the contract, describes everything, guards everything, and is the one that is checked in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    DirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    is_introspection_type,
    is_specified_scalar_type,
    parse,
    print_ast,
)

from gql.execution import core
from gql.guards import ROOTS, TYPES, Person, SignedIn, Who, policy
from gql.schema import FILE, export, schema

CONTRACT = Path(__file__).parents[2] / "gql" / "contract.graphql"
SERVED = core(schema)
TYPE_NODES = (
    ObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    EnumTypeDefinitionNode,
    ScalarTypeDefinitionNode,
)


def promises(document: DocumentNode) -> set[str]:
    """Everything that a schema says, a line each: "Task.title: String!", "Query.task(id): ID!", "enum Role VIEWER"."""
    return {line for node in document.definitions if isinstance(node, TYPE_NODES) for line in _of_type(node)}


def _of_type(node: object) -> Iterator[str]:
    match node:
        case EnumTypeDefinitionNode():
            yield from (f"enum {node.name.value} {value.name.value}" for value in node.values or ())
        case ScalarTypeDefinitionNode():
            yield f"scalar {node.name.value}"
        case InputObjectTypeDefinitionNode():
            yield f"input {node.name.value}{_directives(node.directives)}"
            yield from (f"{node.name.value}.{_of_input(field)}" for field in node.fields or ())
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            yield from (f"{node.name.value} implements {one.name.value}" for one in node.interfaces or ())
            yield from (line for field in node.fields or () for line in _of_field(node.name.value, field))
        case _:
            raise AssertionError(node)


def _of_field(kind: str, field: FieldDefinitionNode) -> Iterator[str]:
    yield f"{kind}.{field.name.value}: {print_ast(field.type)}"
    yield from (f"{kind}.{field.name.value}({_of_input(argument)})" for argument in field.arguments or ())


def _of_input(value: InputValueDefinitionNode) -> str:
    default = f" = {print_ast(value.default_value)}" if value.default_value else ""
    return f"{value.name.value}: {print_ast(value.type)}{default}"


def _directives(directives: tuple[DirectiveNode, ...] | None) -> str:
    return "".join(f" @{directive.name.value}" for directive in directives or ())


def own_types() -> list[GraphQLNamedType]:
    return [
        kind
        for kind in SERVED.type_map.values()
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
    ]


def test_everything_of_the_contract_is_served_with_its_nullability_and_its_defaults() -> None:
    promised, served = promises(parse(CONTRACT.read_text())), promises(parse(export(schema)))
    assert sorted(promised - served) == []


def test_the_schema_that_is_checked_in_is_the_one_that_is_served() -> None:
    assert FILE.read_text() == export(schema), "run `make schema`"


def test_every_type_field_argument_and_value_has_a_description() -> None:
    missing = [name for kind in own_types() for name in _undescribed(kind)]
    assert missing == []


def _undescribed(kind: GraphQLNamedType) -> Iterator[str]:
    if not kind.description:
        yield kind.name
    match kind:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for name, field in kind.fields.items():
                if not field.description:
                    yield f"{kind.name}.{name}"
                yield from (f"{kind.name}.{name}({one})" for one, value in field.args.items() if not value.description)
        case GraphQLInputObjectType():
            yield from (f"{kind.name}.{name}" for name, field in kind.fields.items() if not field.description)
        case GraphQLEnumType():
            yield from (f"{kind.name}.{name}" for name, value in kind.values.items() if not value.description)
        case _:
            assert isinstance(kind, GraphQLScalarType)


def test_every_field_has_a_declared_policy_and_no_policy_is_for_a_field_that_is_gone() -> None:
    kinds = {kind.name: kind for kind in own_types() if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)}
    assert sorted(kinds) == sorted([*ROOTS, *TYPES])
    for name, kind in kinds.items():
        assert all(isinstance(policy(name, field), Who) for field in kind.fields)
        stale = set(ROOTS.get(name) or TYPES[name]) - set(kind.fields) - {"*"}
        assert stale == set(), name


@pytest.mark.parametrize("kind", list(ROOTS))
def test_every_root_field_that_is_not_for_anyone_asks_for_a_credential(kind: str) -> None:
    definition = schema.get_type_by_name(kind)
    fields = {field.name: field for field in definition.fields}  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    for name, who in ROOTS[kind].items():
        python_name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        classes = fields[python_name].permission_classes
        assert any(issubclass(one, SignedIn) for one in classes) is (who is not Who.ANYONE), name
        assert any(issubclass(one, Person) for one in classes) is (who in (Who.PERSON, Who.INSTANCE_ADMIN)), name
