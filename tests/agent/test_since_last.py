"""What a report says of changes since the last inspection."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from agent.history.recording import memory
from agent.judging import judge_run
from agent.rules import load_rules
from checks.comparison import Comparison
from collector.inventory import Site
from collector.run_record import RunState
from tests.agent.test_compare import W1, frozen
from tests.agent.test_previous import MONTH, NOW, device
from tests.injected import inject, platform_of, site_of

RULES = load_rules(("HW-003",), None, ())
CONFIG = "display current-configuration"


def answers(*names: str, **changes: str) -> dict[str, Any]:
    return {name: (platform_of(W1), frozen(W1) | changes) for name in names}


def site(*names: str) -> Site:
    return site_of(*map(device, names))


def told(data: Path, months: float, at: Site, given: dict[str, Any]) -> Comparison | None:
    run = inject(data, at, NOW - months * MONTH, given)
    with memory(run, "", print) as past:
        inspection, _ = judge_run(run, RULES, earlier=past.earlier)
        past.remember(inspection)
    run.advance(RunState.JUDGED)
    return inspection.comparison


def changes(found: Comparison | None) -> list[tuple[str, str, str, str]]:
    assert found is not None
    return [(c.device, c.kind, c.object.split(" ")[0], c.change) for c in found.changes]


def test_nothing_is_said_at_the_first_inspection(tmp_path: Path) -> None:
    assert told(tmp_path, 1, site("a"), answers("a")) is None


def test_what_changed_since_then_is_told(tmp_path: Path) -> None:
    told(tmp_path, 1, site("a", "b"), answers("a", "b"))
    changed = frozen(W1)[CONFIG].replace("ospf 1", "ospf 7")
    now = answers("a") | {"b": (platform_of(W1), frozen(W1) | {CONFIG: changed})}
    found = told(tmp_path, 0, site("a", "b"), now)
    assert sorted(changes(found)) == [
        ("b", "configuration", "ospf", "added"),
        ("b", "configuration", "ospf", "removed"),
    ]
    assert found is not None
    assert found.devices == 2
    assert [gap.why for gap in found.gaps if gap.label == "问题"] == []


def test_devices_that_came_went_and_were_lost_are_told(tmp_path: Path) -> None:
    told(tmp_path, 1, site("a", "gone", "lost"), answers("a", "gone", "lost"))
    found = told(tmp_path, 0, site("a", "lost", "new"), answers("a", "new") | {"lost": None})
    serials = [c for c in changes(found) if c[1] == "devices"]
    assert sorted(serials) == [("lost", "devices", "", "changed"), ("new", "devices", "", "changed")]


def test_a_device_that_was_never_reached_is_no_news(tmp_path: Path) -> None:
    told(tmp_path, 1, site("a", "dark"), answers("a") | {"dark": None})
    found = told(tmp_path, 0, site("a", "dark"), answers("a") | {"dark": None})
    assert changes(found) == []
    assert found is not None
    assert [gap.device for gap in found.gaps if gap.label == "整机"] == ["dark"]


def test_devices_that_were_not_selected_are_no_change(tmp_path: Path) -> None:
    told(tmp_path, 1, site("a", "b"), answers("a", "b"))
    assert changes(told(tmp_path, 0, site("a", "b"), answers("a"))) == []


def test_a_device_that_was_not_reached_then_is_compared_with_the_time_before(tmp_path: Path) -> None:
    told(tmp_path, 2, site("a", "b"), answers("a", "b"))
    told(tmp_path, 1, site("a", "b"), answers("a") | {"b": None})
    found = told(tmp_path, 0, site("a", "b"), answers("a", "b"))
    assert changes(found) == []
    assert found is not None
    assert found.devices == 2
    assert found.before_at == NOW - timedelta(days=30)
