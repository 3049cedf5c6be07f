"""What may stand in the file of kinds (TOML), and the kinds that it declares. Every key is explained in docs/kinds.md."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from engine.kinds.command import Command
from engine.kinds.errors import KindsError
from engine.kinds.http import Http
from engine.kinds.kind import Kind, Limits
from engine.kinds.parameters import Parameter, input_schema
from engine.kinds.python import load
from engine.kinds.reach import Reachable
from engine.kinds.schema import fault
from engine.kinds.steps import INPUT as HTTP_INPUT
from engine.kinds.webhooks import Signer
from models.kind import Pausability
from models.role import Role

LIMITS = {
    "cpu_seconds": ("RLIMIT_CPU", 1),
    "memory_mb": ("RLIMIT_AS", 2**20),
    "file_mb": ("RLIMIT_FSIZE", 2**20),
    "open_files": ("RLIMIT_NOFILE", 1),
    "processes": ("RLIMIT_NPROC", 1),
}
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,49}$")]


def _usable(schema: dict[str, Any]) -> dict[str, Any]:
    if complaint := fault(schema):
        raise ValueError(complaint)
    return schema


class Strict(BaseModel):
    """A table of the file: a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Declared(Strict):
    """What every kind may say. `parallel` is how many tasks of the kind one worker runs at a time."""

    label: str = Field(min_length=1, max_length=100)
    description: str = Field(default="", max_length=1000)
    minimum_role: Role = Role.EDITOR
    parallel: int = Field(default=4, ge=1, le=1000)
    timeout_ms: int | None = Field(default=None, ge=1, le=2**31 - 1)

    def kind(self, name: str, pausability: Pausability, schema: Mapping[str, Any], work: Any) -> Kind:
        """The kind, with the work that the subclass has made."""
        limits = Limits(self.parallel, self.timeout_ms)
        return Kind(name, self.label, self.description, pausability, schema, self.minimum_role, limits, work)


class PythonKind(Declared):
    """A function of a package that this Python can import. `pausable = false`: it has no checkpoints."""

    type: Literal["python"]
    function: str
    input_schema: Annotated[dict[str, Any], AfterValidator(_usable)] = {"type": "object"}
    pausable: bool = True

    def build(self, name: str, folder: Path) -> Kind:
        """Raises KindsError when there is no such function."""
        pausability = Pausability.PORTABLE if self.pausable else Pausability.NO
        return self.kind(name, pausability, self.input_schema, load(self.function))


class HttpKind(Declared):
    """Calls over HTTP. `hosts`: only these (`*.example.com` for all below). `networks`: not global, and allowed all the same."""

    type: Literal["http"]
    hosts: list[str] = []
    networks: list[str] = []
    secret_file: Path | None = None
    callback_url: str | None = Field(default=None, pattern=r"^https?://[^\s?#]+$")
    tries: int = Field(default=3, ge=1, le=20)
    step_timeout_ms: int = Field(default=30_000, ge=1, le=3_600_000)
    response_bytes: int = Field(default=1_000_000, ge=0, le=100_000_000)

    def build(self, name: str, folder: Path) -> Kind:
        """Raises KindsError when a network or the secret cannot be used."""
        if self.callback_url is not None and self.secret_file is None:
            raise KindsError("callback_url: needs secret_file, so that it can be known who calls back")
        signer = None if self.secret_file is None else Signer.from_file(folder / self.secret_file)
        reach = Reachable.of(self.hosts, self.networks)
        work = Http(reach, signer, self.tries, self.step_timeout_ms / 1000, self.response_bytes, self.callback_url)
        return self.kind(name, Pausability.BETWEEN_STEPS, HTTP_INPUT, work)


class CommandLimits(Strict):
    """What the system holds the command to."""

    cpu_seconds: int | None = Field(default=None, ge=1)
    memory_mb: int | None = Field(default=None, ge=1)
    file_mb: int | None = Field(default=None, ge=0)
    open_files: int | None = Field(default=None, ge=3)
    processes: int | None = Field(default=None, ge=1)

    def resources(self) -> dict[str, int]:
        """As names of the resource module; no core dumps in any case."""
        given = {name: value for name, value in self.model_dump().items() if value is not None}
        return {"RLIMIT_CORE": 0} | {LIMITS[name][0]: value * LIMITS[name][1] for name, value in given.items()}


class CommandKind(Declared):
    """A command of the catalogue. Who may use it is `minimum_role`: administrators, unless it says otherwise."""

    type: Literal["command"]
    minimum_role: Role = Role.ADMIN
    argv: list[str] = Field(min_length=1)
    cwd: Path = Path()
    env: dict[str, str] = {}
    parameters: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Parameter] = {}
    limits: CommandLimits = CommandLimits()

    def build(self, name: str, folder: Path) -> Kind:
        """Raises KindsError for a placeholder without a parameter, or a folder that is not there."""
        schema = input_schema(name, self.argv, self.env, self.parameters)
        work = Command(
            argv=self.argv,
            cwd=_folder(name, folder / self.cwd),
            env=self.env,
            limits=self.limits.resources(),
            defaults={key: given.default for key, given in self.parameters.items() if given.default is not None},
            flags={key: given.flag for key, given in self.parameters.items() if given.flag is not None},
        )
        return self.kind(name, Pausability.IN_PLACE, schema, work)


class File(Strict):
    """The whole file. `python_path`: folders, from the file's own, in which functions are looked for."""

    python_path: list[Path] = []
    kind: dict[Name, Annotated[PythonKind | HttpKind | CommandKind, Field(discriminator="type")]] = {}


def _folder(name: str, folder: Path) -> Path:
    if not folder.is_dir():
        raise KindsError(f"cwd: {folder} is no folder")
    return folder.resolve()
