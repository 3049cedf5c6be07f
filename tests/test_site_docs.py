"""The page about the site names every key that the site has, and shows pictures that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "site.md").read_text()
KEY_LIST = ROOT / "frontend" / "src" / "app" / "key-list.tsx"
ACTIONS = ROOT / "frontend" / "src" / "lib" / "tasks" / "actions.ts"


def test_every_key_of_the_site_is_on_its_page() -> None:
    listed = re.findall(r'^ {2}\["([^"]+)",', KEY_LIST.read_text(), re.MULTILINE)
    actions = re.findall(r'\bkey: "(\w)"', ACTIONS.read_text())
    assert len(listed) >= 10
    assert len(actions) >= 4
    told = set(re.findall(r"`([^`]+)`", PAGE))
    names = {key for keys in (*listed, *actions) for key in re.split(r" / | or (?!$)", keys)} - {"/"} | {"/"}
    assert {name for name in names if name and name not in told} == set()


def test_every_picture_and_page_that_documents_point_at_is_there() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    links = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())]
    missing = [f"{p.name}: {target}" for p, target in links if "://" not in target and not (p.parent / target).exists()]
    assert missing == []
