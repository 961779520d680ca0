"""Files of accepted risks: what is right is read, what is wrong is named; and the documented example."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselines.waivers import Waiver, WaiverError, load_waivers

GOOD: dict[str, Any] = {
    "check": "MGT-001",
    "device": "sw-1",
    "owner": "王五",
    "reason": "改造前仍需使用",
    "reference": "EXAMPLE-7",
    "expires": date(2026, 12, 31),
}


def written(folder: Path, data: object) -> Path:
    path = folder / "waivers.yaml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return path


def test_the_documented_example_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "waivers.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (waiver,) = load_waivers(written(tmp_path, example))
    assert (waiver.check, waiver.device, waiver.object, waiver.up_to) == ("MGT-001", "access-1", "", "major")
    assert waiver.expires == date(2026, 12, 31)


def test_what_may_be_left_out(tmp_path: Path) -> None:
    (waiver,) = load_waivers(written(tmp_path, {"waivers": [GOOD]}))
    assert (waiver.object, waiver.up_to) == (None, "critical")


@pytest.mark.parametrize(
    ("more", "about", "covered"),
    [
        ({}, ("MGT-001", "sw-1", "", "critical"), True),
        ({}, ("MGT-001", "sw-1", "GE1/0/1", "minor"), True),
        ({}, ("MGT-001", "sw-2", "", "minor"), False),
        ({}, ("MGT-006", "sw-1", "", "minor"), False),
        ({"device": "*"}, ("MGT-001", "sw-2", "", "minor"), True),
        ({"object": ""}, ("MGT-001", "sw-1", "GE1/0/1", "minor"), False),
        ({"object": ""}, ("MGT-001", "sw-1", "", "minor"), True),
        ({"up_to": "minor"}, ("MGT-001", "sw-1", "", "major"), False),
        ({"up_to": "minor"}, ("MGT-001", "sw-1", "", "info"), True),
    ],
)
def test_what_a_waiver_covers(more: dict[str, Any], about: tuple[Any, ...], covered: bool) -> None:
    assert Waiver(**{**GOOD, **more}).covers(*about) is covered


@pytest.mark.parametrize(
    ("day", "expired"), [(date(2026, 12, 30), False), (date(2026, 12, 31), False), (date(2027, 1, 1), True)]
)
def test_it_holds_to_the_end_of_its_last_day(day: date, expired: bool) -> None:
    assert Waiver(**GOOD).expired(day) is expired


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"check": "XYZ-001"}, "waivers.0.check: value 'XYZ-001': Value error, no such check"),
        ({"owner": ""}, "waivers.0.owner: value '': must not be empty"),
        ({"expires": "soon"}, "waivers.0.expires: value 'soon': must be a date"),
        ({"expires": None}, "waivers.0.expires: value None"),
        ({"up_to": "bad"}, "waivers.0.up_to: value 'bad': must be 'critical', 'major', 'minor' or 'info'"),
        ({"until": 1}, "waivers.0.until"),
        ({"device": 7}, "waivers.0.device: value 7: must be a text"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(WaiverError) as caught:
        load_waivers(written(tmp_path, {"waivers": [{**GOOD, **change}]}))
    (problem,) = caught.value.problems
    assert says.replace("Value error, ", "") in problem.replace("Value error, ", "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "value None"),
        ("waivers: [", "no valid YAML"),
        ("other: []", "waivers"),
        ("waivers: 3", "must be a list"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WaiverError, match=says):
        load_waivers(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WaiverError, match="cannot be read"):
        load_waivers(tmp_path / "none.yaml")
