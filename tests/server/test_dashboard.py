"""deploy/grafana/fermata.json shows every figure of /metrics, and none that does not exist."""

import json
import re
from pathlib import Path
from typing import Any

from server.metrics import Metrics

ROOT = Path(__file__).resolve().parents[2]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy" / "grafana" / "fermata.json").read_text())
PANELS: list[dict[str, Any]] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
EXPRESSIONS: list[str] = [target["expr"] for panel in PANELS for target in panel["targets"]]
FROM_PROMETHEUS = {"job", "instance", "le"}  # labels that every target or histogram has


def exposed() -> dict[str, tuple[str, set[str]]]:
    """The names of /metrics → the figure that each is of, and its labels."""
    metrics = Metrics()
    metrics.request("query.viewer", "ok", 0.001)
    metrics.poll(modified=True)
    metrics.timer_completed(0.001)
    families: list[tuple[str, str]] = re.findall(r"^# TYPE (\w+) (\w+)$", metrics.render().decode(), re.MULTILINE)
    found: dict[str, tuple[str, set[str]]] = {}
    for name, kind in families:
        if not name.endswith("_created"):
            labels: set[str] = set(metrics._own._names_to_collectors[name]._labelnames)  # pyright: ignore[reportAttributeAccessIssue] - the library does not say
            names = [f"{name}{part}" for part in ("_bucket", "_sum", "_count")] if kind == "histogram" else [name]
            found |= dict.fromkeys(names, (name, labels))
    return found


def test_every_figure_is_on_the_dashboard_and_every_name_on_it_exists() -> None:
    named = {name for expression in EXPRESSIONS for name in re.findall(r"\bfermata_\w+", expression)}
    known = exposed()
    assert named - set(known) == set()
    assert {figure for figure, _ in known.values()} == {known[name][0] for name in named}


def test_the_labels_that_are_asked_for_are_those_of_the_figure() -> None:
    known = exposed()
    for expression in EXPRESSIONS:
        _, labels = known[re.findall(r"\bfermata_\w+", expression)[0]]
        picked = set(re.findall(r"(\w+)(?:=~|!=|!~|=)\"", expression))
        grouped = {label.strip() for by in re.findall(r"by \(([^)]*)\)", expression) for label in by.split(",")}
        assert (picked | grouped) - FROM_PROMETHEUS - labels == set(), expression


def test_the_panels_lie_side_by_side_and_each_says_what_it_shows() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells
    assert all(panel["description"] for panel in PANELS)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_it_is_bound_to_no_data_source_of_somebody_elses() -> None:
    sources = {target["datasource"]["uid"] for panel in PANELS for target in panel["targets"]}
    assert sources == {"${source}"}
