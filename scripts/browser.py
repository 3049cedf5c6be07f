"""A browser for the tests of the site. Standard library only."""

from __future__ import annotations

import os
import shutil

from scripts.steps import BIN, BUILD, SetupError, install_from_debian, run, say, stamped

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    chosen = os.environ.get("FERMATA_TEST_CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise SetupError(f"FERMATA_TEST_CHROMIUM is {chosen}, which is no program")
        return chosen
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def ensure_browser() -> None:
    """A system's Chromium, else Debian's package, else Playwright's own download."""
    if find_browser() or stamped(BUILD / "browser", "playwright"):
        return
    say("no Chromium found, installing one")
    if install_from_debian("chromium") and find_browser():
        return
    try:
        run(BIN / "playwright", "install", "chromium")
    except SetupError as error:
        raise SetupError(
            "the tests of the site need a browser: install Chromium (Debian: apt-get install chromium), or set "
            f"FERMATA_TEST_CHROMIUM to one. Playwright's download said: {str(error).splitlines()[-1]}"
        ) from None
    (BUILD / "browser").write_text("playwright")
