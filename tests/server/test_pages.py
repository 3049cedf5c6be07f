"""The site's files, where there are some and where there are none."""

from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

from server.pages import routes


def client(site: Path) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(Starlette(routes=routes(site))), base_url="http://test")


@pytest.mark.parametrize(("path", "status"), [("/", 503), ("/graphiql", 503), ("/tasks/1", 503), ("/assets/x.js", 404)])
async def test_a_site_that_is_not_built_is_no_fault_of_the_server(tmp_path: Path, path: str, status: int) -> None:
    async with client(tmp_path / "nothing") as asker:
        assert (await asker.get(path)).status_code == status


@pytest.mark.parametrize("path", ["/" + "x" * 400, "/%00", "/assets/%00", "/assets/" + "x" * 400])
async def test_a_name_that_no_file_can_have_is_an_address_like_any_other(tmp_path: Path, path: str) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("the board")
    async with client(tmp_path) as asker:
        answer = await asker.get(path)
    assert answer.status_code == (404 if path.startswith("/assets") else 200)
