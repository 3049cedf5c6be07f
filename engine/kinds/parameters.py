"""The typed parameters of a command, and the JSON Schema of its input that they make."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.kinds.command import PLACEHOLDER
from engine.kinds.errors import KindsError
from engine.kinds.schema import fault, problems

LONGEST_VALUE = 1_000
BY_TYPE = {
    "string": {"choices", "min_length", "max_length", "pattern"},
    "integer": {"choices", "minimum", "maximum"},
    "number": {"choices", "minimum", "maximum"},
    "boolean": {"flag"},
}
IN_SCHEMA = {
    "choices": "enum",
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "minimum": "minimum",
    "maximum": "maximum",
    "title": "title",
    "description": "description",
    "default": "default",
}


class Parameter(BaseModel):
    """One parameter. `flag`: the argument that stands for a true boolean; without it, the words true and false do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["string", "integer", "number", "boolean"]
    title: str | None = None
    description: str | None = None
    required: bool = False
    default: str | int | float | bool | None = None
    choices: list[str | int | float] | None = Field(default=None, min_length=1)
    minimum: float | int | None = None
    maximum: float | int | None = None
    min_length: int | None = Field(default=None, ge=0)
    max_length: int | None = Field(default=None, ge=1)
    pattern: str | None = None
    flag: str | None = None

    def schema_of(self, *, starts_argument: bool) -> dict[str, Any]:
        """As JSON Schema. A string that begins an argument must not pass for an option: it begins with no dash."""
        given = self.model_dump(exclude_none=True)
        schema = {IN_SCHEMA[key]: value for key, value in given.items() if key in IN_SCHEMA}
        schema["type"] = self.type
        if self.type == "string":
            schema.setdefault("maxLength", LONGEST_VALUE)
            if starts_argument:
                schema["not"] = {"pattern": "^-"}
        return schema


def input_schema(
    name: str, argv: Sequence[str], env: Mapping[str, str], parameters: Mapping[str, Parameter]
) -> dict[str, Any]:
    """The JSON Schema of a command's input. Raises KindsError for what does not fit together."""
    used = {found for template in (*argv, *env.values()) for found in PLACEHOLDER.findall(template)}
    if PLACEHOLDER.search(argv[0]):
        raise KindsError("argv.0: the program itself cannot be a parameter")
    for missing in sorted(used - set(parameters)):
        raise KindsError(f"argv: {{{missing}}} is no parameter; there are: {', '.join(parameters) or 'none'}")
    for unused in sorted(set(parameters) - used):
        raise KindsError(f"parameters.{unused}: is used neither in argv nor in env")
    starts = {found[1] for template in argv if (found := PLACEHOLDER.match(template))}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key: given.schema_of(starts_argument=key in starts) for key, given in parameters.items()},
        "required": [key for key, given in parameters.items() if given.required],
        "additionalProperties": False,
    }
    for key, given in parameters.items():
        _check(key, given, schema["properties"][key])
    return schema


def _check(key: str, parameter: Parameter, schema: Mapping[str, Any]) -> None:
    told = set(parameter.model_dump(exclude_none=True)) - {"type", "title", "description", "required", "default"}
    for alien in sorted(told - BY_TYPE[parameter.type]):
        allowed = ", ".join(sorted(BY_TYPE[parameter.type]))
        raise KindsError(f"parameters.{key}.{alien}: does not go with the type {parameter.type}; allowed: {allowed}")
    if complaint := fault(schema):
        raise KindsError(f"parameters.{key}: {complaint}")
    if parameter.default is not None:
        for problem in problems(schema, parameter.default):
            raise KindsError(f"parameters.{key}.default: {problem.message}")
