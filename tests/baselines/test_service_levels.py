from pathlib import Path

import pytest

from baselines.service_levels import ServiceLevelError, load_service_levels

OWN = """
levels:
  园区包年: {aliases: [包年], deliverables: {inspection: {every_months: 6}}}
  浪潮铂金: {aliases: [铂金], deliverables: {inspection: {every_months: 6}, hardening: {every_months: 12}}}
follow_ups:
  record: {after: inspection, working_days: 5, levels: [园区包年]}
lead_days: 7
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "levels.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_built_in_levels() -> None:
    levels = load_service_levels()
    promised = {
        name: {what: promise.every_months for what, promise in level.deliverables.items()}
        for name, level in levels.levels.items()
    }
    assert promised["浪潮标准"] == promised["浪潮金牌"] == {}
    assert promised["浪潮铂金"] == {"inspection": 12}
    assert promised["浪潮钻石"] == {"inspection": 3}
    assert promised["新华三网络产品技术保障"] == {
        "inspection": 12,
        "hardening": 12,
        "version_list": 12,
        "version_evaluation": 12,
        "daily_guide": 12,
        "ticket_analysis": 3,
    }


def test_ones_own_are_laid_over(tmp_path: Path) -> None:
    levels = load_service_levels(write(tmp_path, OWN))
    assert levels.levels["浪潮铂金"].deliverables["inspection"].every_months == 6
    assert levels.find("包年（2026）") == "园区包年"
    assert levels.find("钻石") == "浪潮钻石"
    assert levels.find("不存在") is None
    assert (levels.follow_ups["record"].working_days, levels.lead_days) == (5, 7)


WRONG = {
    "levels: {a: {deliverables: {tea: {every_months: 1}}}}": "not among the deliverables: tea",
    "levels: {a: {deliverables: {inspection: {every_months: 0}}}}": "every_months",
    "levels: {a: {aliases: [铂金], deliverables: {}}}": "names of more than one level: 铂金",
    "follow_ups: {record: {after: inspection, working_days: 7, levels: [x]}}": "do not exist: x",
    "lead_days: soon": "lead_days",
    "- 1": "must be `key: value` lines",
    "a: [": "no valid YAML",
}


@pytest.mark.parametrize("text", WRONG)
def test_mistakes_are_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ServiceLevelError) as error:
        load_service_levels(write(tmp_path, text))
    assert WRONG[text] in str(error.value)
