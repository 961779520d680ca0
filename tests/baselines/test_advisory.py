"""Reading advisories: what is accepted, and that every error is named with its place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselines.advisories.collection import demo
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.own_form import WrittenAdvisory
from baselines.advisories.formats.own_yaml import load_advisories
from baselines.advisory import Bound
from collector.platform import platforms

PLAIN: dict[str, Any] = {
    "id": "SA-1",
    "title": "标题",
    "vendor": "华为",
    "platforms": ["huawei_vrp8"],
    "models": ["CE6857-.*"],
    "affected": [{"base": "V200R019C10SPC800", "patch_before": "V200R019SPH012"}],
    "fixed_in": ["V200R019SPH012"],
    "remote": False,
    "severity": "高",
    "cvss": 7.1,
    "source": "某公告",
    "published": date(2026, 3, 18),
    "updated": date(2026, 5, 6),
}


def written(path: Path, *advisories: dict[str, Any], **head: Any) -> Path:
    file = path / "own.yaml"
    data = {"name": "自有", "as_of": date(2026, 10, 31), "advisories": list(advisories)} | head
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return file


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in PLAIN.items() if name != key}


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    full = PLAIN | {
        "aliases": ["CVE-2026-0001"],
        "feature": {"detail": "启用了 OSPF", "pattern": r"ospf \d+.*"},
        "workaround": {"text": "启用认证"},
    }
    file = load_advisories(written(tmp_path, full, PLAIN | {"id": "SA-2", "cvss": None}, note="摘录"))
    assert (file.name, file.dated, file.note, len(file.advisories)) == ("自有", "2026-10-31", "摘录", 2)
    first, second = file.advisories
    assert (first.id, first.aliases, first.cvss, first.remote) == ("SA-1", ("CVE-2026-0001",), 7.1, False)
    (product,) = first.products
    assert product.affected[0].builds == ("V200R019C10SPC800",)
    assert product.affected[0].patch_to == Bound("V200R019SPH012", inclusive=False)
    assert [(fix.base, fix.patch) for fix in product.fixed] == [(None, "V200R019SPH012")]
    assert first.feature is not None
    assert first.feature.pattern == r"ospf \d+.*"
    (workaround,) = first.workarounds
    assert (workaround.text, workaround.pattern) == ("启用认证", None)
    assert (second.feature, second.workarounds, second.cvss) == (None, (), None)
    assert second.updated == date(2026, 5, 6)


def span(**said: str) -> dict[str, Any]:
    return PLAIN | {"affected": [said]}


WRONG = [
    (without("title"), ("advisories.0.title", "is missing")),
    (without("remote"), ("advisories.0.remote", "is missing")),
    (PLAIN | {"foo": 1}, ("advisories.0.foo: value 1", "known are id, aliases, title")),
    (
        span(base="V200R019C10", until="x"),
        ("advisories.0.affected.0.until: value 'x'", "known are base, base_from"),
    ),
    (PLAIN | {"cvss": 11.0}, ("advisories.0.cvss: value 11.0", "must be at most 10")),
    (PLAIN | {"cvss": "7.1"}, ("advisories.0.cvss: value '7.1'", "must be a number")),
    (PLAIN | {"remote": "no"}, ("advisories.0.remote: value 'no'", "true or false")),
    (PLAIN | {"severity": "High"}, ("advisories.0.severity: value 'High'", "'严重'")),
    (PLAIN | {"published": "2026-03-18"}, ("advisories.0.published: value '2026-03-18'", "must be a date")),
    (
        PLAIN | {"updated": date(2026, 1, 1)},
        ("advisories.0", "updated 2026-01-01 is before published 2026-03-18"),
    ),
    (PLAIN | {"id": "SA 1"}, ("advisories.0.id: value 'SA 1'", "must match")),
    (PLAIN | {"platforms": []}, ("advisories.0.platforms", "lacks entries")),
    (PLAIN | {"platforms": "huawei_vrp8"}, ("advisories.0.platforms: value 'huawei_vrp8'", "must be a list")),
    (
        PLAIN | {"platforms": ["vrp9"]},
        ("advisories.0.platforms.0: value 'vrp9'", f"known are {', '.join(platforms())}"),
    ),
    (
        PLAIN | {"models": ["CE6857-("]},
        ("advisories.0.models.0: value 'CE6857-('", "no valid regular expression"),
    ),
    (
        PLAIN | {"feature": {"detail": "x", "pattern": "["}},
        ("advisories.0.feature.pattern", "regular expression"),
    ),
    (PLAIN | {"workaround": {"pattern": "x"}}, ("advisories.0.workaround.text", "is missing")),
    (PLAIN | {"affected": []}, ("advisories.0.affected", "lacks entries")),
    (span(), ("advisories.0.affected.0", "at least one of base_from and base_before")),
    (span(patch_before="V200R019SPH012"), ("advisories.0.affected.0", "at least one")),
    (span(base="V200R019C10", base_before="V200R020C00"), ("advisories.0.affected.0", "without base_from")),
    (
        span(base="9.2(3)"),
        ("advisories.0", "affected.0.base: value '9.2(3)': must be a version of this platform"),
    ),
    (span(base_from="V200R019C10", base_before="x"), ("advisories.0", "affected.0.base_before: value 'x'")),
    (
        span(base="V200R019C10", patch_before="V200R019C10SPC800"),
        ("advisories.0", "affected.0.patch_before: value 'V200R019C10SPC800'"),
    ),
    (
        span(base_from="V200R020C00", base_before="V200R019C10"),
        ("advisories.0", "base_from V200R020C00 must be below V200R019C10"),
    ),
    (span(base_from="V200R019C10", base_before="V300R019C10"), ("advisories.0", "must be below V300R019C10")),
]


@pytest.mark.parametrize(("advisory", "says"), WRONG, ids=[says[-1] for _, says in WRONG])
def test_an_error_names_file_place_value_and_what_was_expected(
    tmp_path: Path, advisory: dict[str, Any], says: tuple[str, ...]
) -> None:
    with pytest.raises(AdvisoryError) as caught:
        load_advisories(written(tmp_path, advisory))
    text = str(caught.value)
    assert [part for part in ("own.yaml", *says) if part not in text] == []
    assert len(caught.value.problems) == 1


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    broken = without("title") | {"cvss": -1.0, "platforms": ["x"]}
    with pytest.raises(AdvisoryError) as caught:
        load_advisories(written(tmp_path, PLAIN, broken, PLAIN | {"id": "SA-3", "models": ["("]}, name=""))
    places = [problem.split(": ")[0] for problem in caught.value.problems]
    assert sorted(places) == [
        "advisories.1.cvss",
        "advisories.1.platforms.0",
        "advisories.1.title",
        "advisories.2.models.0",
        "name",
    ]
    assert "5 to correct" in str(caught.value)


def test_a_number_stands_once(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match="these ids stand twice: SA-1"):
        load_advisories(written(tmp_path, PLAIN, PLAIN))


NOT_OURS = [
    ("", "must be `key: value` lines"),
    ("- a\n", "must be `key: value` lines"),
    ("a: [", "no valid YAML"),
    ("name: x\nas_of: 2026-01-01\nadvisories: []\n", "lacks entries"),
]


@pytest.mark.parametrize(("text", "says"), NOT_OURS)
def test_a_file_that_is_something_else(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(AdvisoryError, match=says):
        load_advisories(file)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match="cannot be read"):
        load_advisories(tmp_path / "none.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AdvisoryError, match="cannot be read"):
        load_advisories(binary)


def test_the_demo_has_six_and_says_that_they_are_made_up() -> None:
    found = demo()
    assert [advisory.id for advisory in found.advisories] == [f"XJ-DEMO-2026-00{n}" for n in range(1, 7)]
    assert "虚构" in found.name
    assert all("虚构" in advisory.title and "虚构" in advisory.source for advisory in found.advisories)


def test_the_example_of_the_documentation_is_accepted(tmp_path: Path) -> None:
    page = Path("docs/advisories.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "example.yaml"
    file.write_text(example, "utf-8")
    (advisory,) = load_advisories(file).advisories
    assert advisory.id == "SA-2026-0001"
    written = set(yaml.safe_load(example)["advisories"][0])
    assert written | {"series", "products", "vectors"} == set(WrittenAdvisory.model_fields)
