from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from baselines.baseline import BaselineError, load_baseline
from baselines.parameters import ROWS
from collector.inventory import Device


def written(folder: Path, data: object) -> Path:
    path = folder / "site.yaml"
    path.write_text(data if isinstance(data, str) else yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return path


def test_default_has_every_check_and_its_numbers() -> None:
    baseline = load_baseline()
    assert list(baseline.layers[0].data["checks"]) == list(ROWS)
    assert baseline.params("SYS-001") == {"warn_pct": 60, "crit_pct": 80}
    assert baseline.params("OPT-001") == {"margin_warn_db": 1.0, "margin_crit_db": 0.5, "no_light_dbm": -36}
    assert baseline.params("LOG-001")["window_d"] == 30
    assert baseline.scoring.deduct == {"critical": 20, "major": 8, "minor": 3, "info": 0}
    assert baseline.scoring.grade_caps["critical"] == "中"


def test_words_are_kept_the_way_they_are_compared(tmp_path: Path) -> None:
    own = written(tmp_path, {"checks": {"HW-003": {"state_ok": ["  Spinning   WELL "]}}})
    assert load_baseline(own).params("HW-003")["state_ok"] == ("spinning well",)
    assert "on" in load_baseline().params("HW-001")["state_ok"]


def test_a_customers_numbers_are_laid_over_ours(tmp_path: Path) -> None:
    own = written(tmp_path, {"checks": {"SYS-001": {"warn_pct": 50}}, "scoring": {"deduct": {"minor": 5}}})
    baseline = load_baseline(own)
    assert baseline.params("SYS-001") == {"warn_pct": 50, "crit_pct": 80}
    assert baseline.params("SYS-004") == load_baseline().params("SYS-004")
    assert baseline.scoring.deduct == {"critical": 20, "major": 8, "minor": 5, "info": 0}


def test_reading_a_customers_numbers_leaves_ours_alone(tmp_path: Path) -> None:
    before = load_baseline().params("SYS-001")
    load_baseline(written(tmp_path, {"checks": {"SYS-001": {"warn_pct": 1}}}))
    assert load_baseline().params("SYS-001") == before


WRONG: list[tuple[str, Any, tuple[str, ...]]] = [
    ("unknown check", {"checks": {"X-001": {}}}, ("checks.X-001", "no such check")),
    ("unknown key", {"checks": {"ENV-001": {"foo": 1}}}, ("checks.ENV-001.foo", "value 1", "margin_c")),
    (
        "key of a check without any",
        {"checks": {"IF-001": {"foo": 1}}},
        ("checks.IF-001.foo", "known are none"),
    ),
    (
        "text for a number",
        {"checks": {"ENV-001": {"margin_c": "5"}}},
        ("checks.ENV-001.margin_c", "'5'", "must be a number"),
    ),
    (
        "yes for a number",
        {"checks": {"LOG-001": {"crit_warn": True}}},
        ("checks.LOG-001.crit_warn", "a whole number"),
    ),
    (
        "too small",
        {"checks": {"LOG-001": {"crit_warn": 0}}},
        ("checks.LOG-001.crit_warn", "value 0", "at least 1"),
    ),
    ("too large", {"checks": {"SYS-001": {"crit_pct": 101}}}, ("checks.SYS-001.crit_pct", "at most 100")),
    ("not a number", "checks: {ENV-001: {margin_c: .nan}}", ("checks.ENV-001.margin_c", "finite")),
    (
        "the wrong way round",
        {"checks": {"SYS-001": {"warn_pct": 90}}},
        ("checks.SYS-001", "less than crit_pct"),
    ),
    (
        "text for a list",
        {"checks": {"HW-001": {"state_ok": "ok"}}},
        ("checks.HW-001.state_ok", "must be a list"),
    ),
    (
        "switch for a word",
        "checks: {HW-001: {state_ok: [on, well]}}",
        ("checks.HW-001.state_ok.0", "need quotes"),
    ),
    ("a word in two lists", {"checks": {"HW-003": {"state_bad": ["OK"]}}}, ("checks.HW-003", "ok")),
    ("no good word", {"checks": {"HW-003": {"state_ok": []}}}, ("checks.HW-003.state_ok",)),
    (
        "unknown kind",
        {"checks": {"HW-006": {"kinds": ["fan", "lpu"]}}},
        ("checks.HW-006.kinds.0", "'fan'", "mpu"),
    ),
    ("number for a row", {"checks": {"SYS-001": 3}}, ("checks.SYS-001", "value 3", "key: value")),
    ("nothing for a row", {"checks": {"SYS-001": None}}, ("checks.SYS-001", "value None", "key: value")),
    ("list for the checks", {"checks": []}, ("checks", "value []", "key: value")),
    ("unknown section", {"check": {}}, ("check", "no such section")),
    ("unknown severity", {"scoring": {"deduct": {"bad": 1}}}, ("scoring.deduct.bad", "critical")),
    ("less than nothing", {"scoring": {"deduct": {"minor": -1}}}, ("scoring.deduct.minor", "at least 0")),
    ("unknown grade", {"scoring": {"grade_caps": {"critical": "A"}}}, ("scoring.grade_caps.critical", "优")),
    ("an empty file", "", ("value None", "checks and scoring")),
    ("a text", "hello", ("value 'hello'",)),
    ("no YAML", "checks: [", ("YAML",)),
]


@pytest.mark.parametrize(("data", "says"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_an_error_names_file_place_value_and_what_was_expected(
    tmp_path: Path, data: object, says: tuple[str, ...]
) -> None:
    with pytest.raises(BaselineError) as caught:
        load_baseline(written(tmp_path, data))
    (problem,) = caught.value.problems
    assert [part for part in says if part not in problem] == []
    assert "site.yaml" in str(caught.value)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    data = {
        "checks": {"X-1": {}, "ENV-001": {"margin_c": -1, "foo": 1}},
        "scoring": {"deduct": {"minor": "x"}},
    }
    with pytest.raises(BaselineError) as caught:
        load_baseline(written(tmp_path, data))
    assert len(caught.value.problems) == 4


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be read"):
        load_baseline(tmp_path / "none.yaml")
    (tmp_path / "gbk.yaml").write_bytes("门限".encode("gbk"))
    with pytest.raises(BaselineError, match="cannot be read"):
        load_baseline(tmp_path / "gbk.yaml")


SCALARS = st.none() | st.booleans() | st.integers(-5, 200) | st.text("abc", max_size=3)


@given(st.sampled_from(sorted(ROWS)), st.data())
def test_whatever_stands_in_a_row_is_taken_or_named(check_id: str, data: st.DataObject) -> None:
    keys = [*ROWS[check_id].model_fields, "foo"]
    row = data.draw(
        st.dictionaries(st.sampled_from(keys), SCALARS | st.lists(SCALARS, max_size=2), max_size=3)
    )
    try:
        ROWS[check_id].model_validate({**load_baseline().params(check_id), **row})
    except ValueError:
        return
    assert "foo" not in row


def device(name: str = "sw-1", role: Any = "access") -> Device:
    return Device(name=name, host="192.0.2.1", role=role)


LAYERED = """\
checks:
  SYS-001: {warn_pct: 50}
roles:
  core:
    checks:
      SYS-001: {warn_pct: 40}
devices:
  sw-9:
    checks:
      SYS-001:
        crit_pct: 95
"""


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (None, (50, 80)),
        (device(), (50, 80)),
        (device(role="core"), (40, 80)),
        (device("sw-9", "core"), (40, 95)),
        (device("sw-9"), (50, 95)),
    ],
)
def test_what_is_more_particular_wins(
    tmp_path: Path, which: Device | None, expected: tuple[int, int]
) -> None:
    params = load_baseline(written(tmp_path, LAYERED)).params("SYS-001", which)
    assert (params["warn_pct"], params["crit_pct"]) == expected


def test_every_effective_value_says_where_it_came_from(tmp_path: Path) -> None:
    own = written(tmp_path, LAYERED)
    shown = {(e.check_id, e.name): e for e in load_baseline(own).effective(device("sw-9", "core"))}
    warn, crit = shown["SYS-001", "warn_pct"], shown["SYS-001", "crit_pct"]
    assert (warn.value, str(warn.origin)) == (40, f"{own}:6")
    assert (crit.value, str(crit.origin)) == (95, f"{own}:11")
    default = shown["LOG-001", "err_warn"].origin
    assert default.file == "baselines/default.yaml"
    line = (Path("baselines") / "default.yaml").read_text("utf-8").splitlines()[default.line - 1]
    assert line.strip().startswith("err_warn:")


def test_a_file_wins_over_the_one_it_extends_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "group.yaml").write_text(LAYERED, "utf-8")
    own = written(tmp_path, "extends: group.yaml\nchecks: {SYS-001: {warn_pct: 45}}\n")
    baseline = load_baseline(own)
    assert baseline.params("SYS-001", device(role="core"))["warn_pct"] == 45
    assert baseline.params("SYS-001", device("sw-9"))["crit_pct"] == 95


PARTICULAR: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "no such role",
        "roles: {cor: {checks: {}}}",
        (":1: roles.cor: no such role; known are core",),
    ),
    (
        "valid alone, wrong with what is below",
        "roles:\n  core:\n    checks:\n      SYS-001: {warn_pct: 85}\n",
        (":4: roles.core.checks.SYS-001: ", "less than crit_pct"),
    ),
    (
        "a device's row",
        "devices:\n  sw-1:\n    checks:\n      SYS-001:\n        warn_pct: x\n",
        (":5: devices.sw-1.checks.SYS-001.warn_pct: value 'x'",),
    ),
    ("no checks in it", "devices: {sw-1: {SYS-001: {}}}", ("devices.sw-1.SYS-001: no such key",)),
    ("a list for a role", "roles: {core: []}", ("roles.core: value []",)),
    ("a number for a file", "extends: 3", ("extends: value 3",)),
    ("itself", "extends: site.yaml", ("extends (line 1): site.yaml extends this file again",)),
    ("a file that is not there", "extends: none.yaml", ("cannot be read",)),
]


@pytest.mark.parametrize(
    ("text", "says"), [row[1:] for row in PARTICULAR], ids=[row[0] for row in PARTICULAR]
)
def test_what_is_wrong_for_a_role_or_a_device_is_told_once(
    tmp_path: Path, text: str, says: tuple[str, ...]
) -> None:
    with pytest.raises(BaselineError) as caught:
        load_baseline(written(tmp_path, text))
    (problem,) = caught.value.problems
    assert [part for part in says if part not in problem] == []


def test_an_error_names_its_line(tmp_path: Path) -> None:
    own = written(tmp_path, "checks:\n  SYS-001:\n    warn_pct: 10\n    crit_pct: 101\n")
    with pytest.raises(BaselineError) as caught:
        load_baseline(own)
    assert caught.value.problems == (f"{own}:4: checks.SYS-001.crit_pct: value 101: must be at most 100.0",)
