"""Reading advisories: what is accepted, and that every error is named with its place."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselines.advisory import AdvisoryError, builtin_advisories, load_advisories

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
    assert first.affected[0].patch_before == "V200R019SPH012"
    assert first.feature is not None
    assert first.feature.pattern == r"ospf \d+.*"
    assert first.workaround is not None
    assert (first.workaround.text, first.workaround.pattern) == ("启用认证", None)
    assert (second.feature, second.workaround, second.cvss) == (None, None, None)
    assert second.updated == date(2026, 5, 6)


def span(**said: str) -> dict[str, Any]:
    return PLAIN | {"affected": [said]}


WRONG = [
    (without("title"), ("advisories.0.title", "缺少这个参数")),
    (without("remote"), ("advisories.0.remote", "缺少这个参数")),
    (PLAIN | {"foo": 1}, ("advisories.0.foo：值 1", "可用的有 id、aliases、title")),
    (
        span(base="V200R019C10", until="x"),
        ("advisories.0.affected.0.until：值 'x'", "可用的有 base、base_from"),
    ),
    (PLAIN | {"cvss": 11.0}, ("advisories.0.cvss：值 11.0", "应不大于 10")),
    (PLAIN | {"cvss": "7.1"}, ("advisories.0.cvss：值 '7.1'", "应为数字")),
    (PLAIN | {"remote": "no"}, ("advisories.0.remote：值 'no'", "true 或 false")),
    (PLAIN | {"severity": "High"}, ("advisories.0.severity：值 'High'", "'严重'")),
    (PLAIN | {"published": "2026-03-18"}, ("advisories.0.published：值 '2026-03-18'", "应为日期")),
    (PLAIN | {"updated": date(2026, 1, 1)}, ("advisories.0", "updated 2026-01-01 早于 published 2026-03-18")),
    (PLAIN | {"id": "SA 1"}, ("advisories.0.id：值 'SA 1'", "应符合")),
    (PLAIN | {"platforms": []}, ("advisories.0.platforms", "少了必须有的项")),
    (PLAIN | {"platforms": "huawei_vrp8"}, ("advisories.0.platforms：值 'huawei_vrp8'", "应为列表")),
    (PLAIN | {"platforms": ["vrp9"]}, ("advisories.0.platforms.0：值 'vrp9'", "可用的有 h3c_comware7")),
    (PLAIN | {"models": ["CE6857-("]}, ("advisories.0.models.0：值 'CE6857-('", "不是合法的正则表达式")),
    (PLAIN | {"feature": {"detail": "x", "pattern": "["}}, ("advisories.0.feature.pattern", "正则")),
    (PLAIN | {"workaround": {"pattern": "x"}}, ("advisories.0.workaround.text", "缺少这个参数")),
    (PLAIN | {"affected": []}, ("advisories.0.affected", "少了必须有的项")),
    (span(), ("advisories.0.affected.0", "base_from、base_before 至少一个")),
    (span(patch_before="V200R019SPH012"), ("advisories.0.affected.0", "至少一个")),
    (span(base="V200R019C10", base_before="V200R020C00"), ("advisories.0.affected.0", "不能与 base_from")),
    (span(base="9.2(3)"), ("advisories.0", "affected.0.base 的值 '9.2(3)' 不是该平台的版本")),
    (span(base_from="V200R019C10", base_before="x"), ("advisories.0", "affected.0.base_before 的值 'x'")),
    (
        span(base="V200R019C10", patch_before="V200R019C10SPC800"),
        ("advisories.0", "affected.0.patch_before 的值 'V200R019C10SPC800'"),
    ),
    (
        span(base_from="V200R020C00", base_before="V200R019C10"),
        ("advisories.0", "base_from V200R020C00 应低于 V200R019C10"),
    ),
    (span(base_from="V200R019C10", base_before="V300R019C10"), ("advisories.0", "应低于 V300R019C10")),
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
    places = [problem.split("：")[0] for problem in caught.value.problems]
    assert sorted(places) == [
        "advisories.1.cvss",
        "advisories.1.platforms.0",
        "advisories.1.title",
        "advisories.2.models.0",
        "name",
    ]
    assert "5 处错误" in str(caught.value)


def test_a_number_stands_once(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match="编号重复：SA-1"):
        load_advisories(written(tmp_path, PLAIN, PLAIN))


NOT_OURS = [
    ("", "应为键和值"),
    ("- a\n", "应为键和值"),
    ("a: [", "不是合法的 YAML"),
    ("name: x\nas_of: 2026-01-01\nadvisories: []\n", "少了必须有的项"),
]


@pytest.mark.parametrize(("text", "says"), NOT_OURS)
def test_a_file_that_is_something_else(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(AdvisoryError, match=says):
        load_advisories(file)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(AdvisoryError, match="无法读取"):
        load_advisories(tmp_path / "none.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AdvisoryError, match="无法读取"):
        load_advisories(binary)


def test_the_demo_has_five_and_says_that_they_are_made_up() -> None:
    demo = builtin_advisories()
    assert [advisory.id for advisory in demo.advisories] == [f"XJ-DEMO-2026-00{n}" for n in range(1, 6)]
    assert "虚构" in demo.name
    assert all("虚构" in advisory.title and "虚构" in advisory.source for advisory in demo.advisories)


def test_the_example_of_the_documentation_is_accepted(tmp_path: Path) -> None:
    page = Path("docs/advisories.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "example.yaml"
    file.write_text(example, "utf-8")
    (advisory,) = load_advisories(file).advisories
    assert advisory.id == "SA-2026-0001"
    assert set(yaml.safe_load(example)["advisories"][0]) == set(type(advisory).model_fields)
