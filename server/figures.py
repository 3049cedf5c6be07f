"""Where several processes add their figures up."""

import shutil
from pathlib import Path

from server.settings import Settings

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"


def shared_figures(settings: Settings) -> Path | None:
    """Several processes add their figures up through files, which begin anew with us."""
    if settings.processes == 1:
        return None
    folder = settings.data_dir.resolve() / f"metrics-{settings.port}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder
