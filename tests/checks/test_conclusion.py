from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselines.baseline import load_baseline
from checks.conclusion import conclude
from checks.inspection import AdvisorySource, Conclusion, DeviceReport
from checks.texts import check_texts
from checks.verdict import Result, Severity
from parsers.facts import Reason
from tests.checks.site import ANY_RESULTS, IDS, NOT_ASSESSED, fail, findings, lost, of, report, verdicts

SCORING = load_baseline().scoring
CRITICAL, MAJOR, MINOR, INFO = (fail(severity) for severity in Severity)


def concluded(
    *devices: DeviceReport,
    interrupted: str = "",
    compared: bool = False,
    sources: Sequence[AdvisorySource] = (),
) -> Conclusion:
    return conclude(
        devices,
        findings(devices),
        texts=check_texts(),
        scoring=SCORING,
        interrupted=interrupted,
        compared=compared,
        advisory_sources=sources,
    )


CLEAN = report(of())


@pytest.mark.parametrize(
    ("devices", "grade", "score"),
    [
        ([CLEAN], "优", 100.0),
        ([CLEAN, report(of("sw2", ENV_001=MINOR))], "优", 99.9),
        ([report(of(HW_010=INFO))], "优", 100.0),
        ([CLEAN, report(of("sw2", SYS_001=MAJOR))], "良", 98.5),
        ([CLEAN, report(of("sw2", HW_001=CRITICAL))], "中", 92.5),
        ([report(of(HW_001=CRITICAL, HW_003=CRITICAL, SYS_001=MAJOR))], "中", 65.0),
        ([report(of(HW_001=CRITICAL, HW_003=CRITICAL, HW_006=CRITICAL))], "差", 45.0),
        ([CLEAN, report(of("sw2", SYS_001=NOT_ASSESSED))], "良", 98.5),
        ([CLEAN] * 9 + [lost()], "良", 90.0),
        ([CLEAN, lost()], None, None),
        ([lost()], None, None),
        ([report(verdicts([(NOT_ASSESSED,)] * 7))], None, None),
    ],
)
def test_grade(devices: list[DeviceReport], grade: str | None, score: float | None) -> None:
    conclusion = concluded(*devices)
    assert (conclusion.grade, conclusion.score) == (grade, score)


def test_words_are_weaker_the_less_was_assessed() -> None:
    assert concluded(CLEAN).sentences[:2] == (
        "1 台设备的全部适用检查项均得出结论，总体评级为「优」，得分 100.0。",
        "本次巡检未发现问题。",
    )
    some = concluded(report(of(SYS_001=NOT_ASSESSED)))
    assert some.sentences[0].startswith(
        "仅就已检查的部分（96.8% 的适用检查项次得出结论，应检 1 台，实检 1 台）而言"
    )
    assert some.sentences[1] == "已检查的部分未发现问题；这不表示未检查的部分正常。"
    assert "补检" in some.sentences[2]
    little = concluded(CLEAN, lost())
    assert little.sentences[0].startswith(
        "数据不足：适用的检查项次有 50.0% 未检查，其中因缺数据的占 50.0%（应检 2 台，实检 1 台）"
    )
    nothing = concluded(lost())
    assert nothing.sentences[0] == "应检 1 台设备均未完成检查，不能对网络运行状况作出任何结论。"
    assert "未发现问题" not in nothing.sentences[1]


@given(ANY_RESULTS)
def test_of_everything_is_only_spoken_when_everything_was_assessed(results: list[list[Result]]) -> None:
    conclusion = concluded(report(verdicts(results)))
    gaps = any(result.reason for each in results for result in each)
    assert ("全部适用检查项均得出结论" in conclusion.sentences[0]) == (
        not gaps and conclusion.grade is not None
    )
    assert (conclusion.sentences[1] == "本次巡检未发现问题。") <= (not gaps)
    assert (conclusion.grade == "优") <= (not gaps)
    assert any("未检查" in limit for limit in conclusion.limits) == gaps


@given(ANY_RESULTS, st.integers(0, len(IDS) - 1))
def test_leaving_a_check_out_never_raises_the_sites_score(results: list[list[Result]], check: int) -> None:
    before = concluded(report(verdicts(results)), CLEAN).score
    after = concluded(
        report(verdicts([*results[:check], [NOT_ASSESSED], *results[check + 1 :]])), CLEAN
    ).score
    assert after is None or (before is not None and after <= before)


def test_losing_a_device_never_raises_the_sites_score() -> None:
    bad = report(of("sw9", HW_001=CRITICAL, HW_003=CRITICAL, HW_006=CRITICAL))
    before, after = concluded(*[CLEAN] * 9, bad).score, concluded(*[CLEAN] * 9, lost()).score
    assert before is not None
    assert after is not None
    assert after < before


def test_foremost_are_the_severest() -> None:
    sentence = concluded(
        report(of(SYS_001=MAJOR, HW_001=fail(Severity.CRITICAL, "slot 2 Power 2")))
    ).sentences[1]
    assert sentence.startswith(
        "共发现问题 2 个（严重 1、重要 1），最要紧的是 P001 sw1 slot 2 Power 2 电源模块状态（坏了）"
    )


def test_every_severity_found_has_its_time() -> None:
    sentence = concluded(report(of(HW_001=CRITICAL, ENV_001=MINOR))).sentences[2]
    assert "严重问题 24 小时内" in sentence
    assert "一般问题 30 天内" in sentence
    assert "重要问题" not in sentence


LIMITS = {
    "未完成检查的设备 1 台：sw9（设备不可达）。": concluded(CLEAN, lost()),
    "占适用项次的 3.2%：账号权限不足 1。": concluded(report(of(SYS_001=NOT_ASSESSED))),
    "有 1 项次另有部分对象未检查": concluded(report(verdicts([(CRITICAL, NOT_ASSESSED)]))),
    "1 台设备的回显中有 3 行未能识别": concluded(CLEAN, report(of("sw2"), unread=3)),
    "2 台设备：未经实机验证。": concluded(
        report(of(), evidence="未经实机验证"), report(of("b"), evidence="未经实机验证")
    ),
    "本次巡检提前结束：工程师中断。": concluded(CLEAN, interrupted="工程师中断"),
    "首次巡检": concluded(CLEAN),
    "单次采样不能说明趋势": concluded(CLEAN, compared=True),
    "公告库「示例」12 条，日期 2026-10-01": concluded(
        CLEAN, sources=[AdvisorySource(name="示例", dated="2026-10-01", count=12, note="")]
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_limits_the_conclusion_is_said_with_its_number(limit: str) -> None:
    assert limit in "\n".join(LIMITS[limit].limits)


def test_limits_that_do_not_hold_are_not_said() -> None:
    assert concluded(CLEAN, compared=True).limits == ("结论只反映采集时刻的状态，单次采样不能说明趋势。",)


def test_the_formula_prints_the_numbers_of_the_baseline() -> None:
    text = "\n".join(concluded(CLEAN).formula)
    for part in (
        "严重 20、重要 8、一般 3、提示 0",
        "最多比最低的类别高 5 分",
        "10% 的设备",
        "20% 的局点",
        "优 ≥ 90、良 ≥ 75、中 ≥ 60",
        "最高为「中」",
    ):
        assert part in text


def test_reasons_are_counted() -> None:
    assert Reason.NO_PRIVILEGE is NOT_ASSESSED.reason
    two = concluded(report(of(SYS_001=NOT_ASSESSED, HW_001=NOT_ASSESSED)), CLEAN)
    assert "未检查的检查项 2 项次，占适用项次的 3.2%：账号权限不足 2。" in two.limits


def test_deadlines_are_those_of_the_baseline() -> None:
    assert concluded(CLEAN).deadlines == {
        Severity.CRITICAL: "24 小时内给出处置方案",
        Severity.MAJOR: "7 天内处置",
        Severity.MINOR: "30 天内处置",
        Severity.INFO: "下个巡检周期前确认",
    }
