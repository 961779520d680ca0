"""What a profile leaves out on purpose: 未检查, told apart from what failed, and never good for the score."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from agent.console import Console
from agent.dry_run import estimated_s
from agent.listing import print_commands, print_script
from agent.run_facts import without
from baselines.baseline import load_baseline
from checks.conclusion import conclude
from checks.inspection import Conclusion, DeviceReport
from checks.registry import CHECKS
from checks.texts import check_texts
from checks.verdict import not_assessed
from collector.collect import facts_needed
from collector.platform import platforms
from collector.profile import ProfileName
from collector.visit import steps_for
from parsers.facts import FACT_NAMES, Facts, Known, Partial, Reason, Telnet, Unknown, UnreadLine
from parsers.seen import Seen
from tests.agent.place import GOOD, Place, place, simulated
from tests.checks.site import findings, lost, of, report

LIGHT, NORMAL, FULL = ProfileName
LEFT_OUT = not_assessed(Reason.NOT_COLLECTED, "未取得“Telnet 服务”：本次未采集（「轻量」档位不采集：…）")


def concluded(*devices: DeviceReport, profile: ProfileName, override: str = "") -> Conclusion:
    return conclude(
        devices,
        findings(devices),
        texts=check_texts(),
        scoring=load_baseline().scoring,
        profile=profile,
        override=override,
    )


def test_a_light_run_gets_no_grade_and_says_that_this_is_by_choice() -> None:
    conclusion = concluded(report(of(MGT_001=LEFT_OUT)), profile=LIGHT)
    assert (conclusion.grade, conclusion.score) == (None, None)
    assert conclusion.sentences[0].startswith("本次按「轻量」档位巡检（应检 1 台，实检 1 台），只看运行状态")
    assert "数据不足" not in "".join(conclusion.sentences)
    assert "另按常规档位补检" in conclusion.sentences[2]


def test_a_light_run_that_reached_nobody_says_so_first() -> None:
    assert concluded(lost(), profile=LIGHT).sentences[0].startswith("应检 1 台设备均未完成检查")


@pytest.mark.parametrize("profile", [NORMAL, FULL])
def test_leaving_out_never_gives_a_better_score(profile: ProfileName) -> None:
    whole = concluded(report(of()), profile=profile)
    left = concluded(report(of(MGT_001=LEFT_OUT)), profile=profile)
    assert whole.score == 100.0
    assert left.score is not None
    assert left.score < 100.0
    assert whole.grade == "优"
    assert left.grade != "优"


@pytest.mark.parametrize(
    ("profile", "said"), [(LIGHT, "采集档位「轻量」"), (NORMAL, "采集档位「常规」"), (FULL, "")]
)
def test_the_limits_name_the_profile(profile: ProfileName, said: str) -> None:
    limits = [line for line in concluded(report(of()), profile=profile).limits if "档位" in line]
    assert len(limits) == bool(said)
    assert all(line.startswith(said) and "不是采集失败" in line for line in limits)


def test_the_limits_give_the_reason_for_passing_over_a_sensitive_period() -> None:
    limits = concluded(report(of()), profile=NORMAL, override="客户书面要求。").limits
    assert "巡检不受敏感时期限制，理由：客户书面要求。" in limits
    assert not any("敏感时期" in line for line in concluded(report(of()), profile=NORMAL).limits)


EVERYTHING: dict[str, Any] = {name: Known(()) for name in FACT_NAMES}


@pytest.mark.parametrize("platform", sorted(platforms()))
@pytest.mark.parametrize("profile", ProfileName)
def test_what_is_left_out_is_unknown_however_much_else_was_read(profile: ProfileName, platform: str) -> None:
    known = platforms()[platform]
    facts = without(Facts(**EVERYTHING), known, profile)
    unknown = {name for name in FACT_NAMES if isinstance(getattr(facts, name), Unknown)}
    if profile is FULL:
        assert unknown == set()
    else:
        assert {"macs", "arp", "routes"} <= unknown
        assert ("telnet" in unknown) == (profile is LIGHT)
        assert not unknown & {"cpu", "interfaces", "memory", "fans"}
    for name in unknown:
        fact = getattr(facts, name)
        assert fact.reason is Reason.NOT_COLLECTED
        assert "档位不采集：" in fact.detail
        assert known.facts[name][0].any_of[0] in fact.detail or profile is NORMAL


def test_a_partly_read_fact_that_is_left_out_is_unknown_too() -> None:
    partly = Partial(
        Telnet(seen=Seen("x", "display x", ()), enabled=True, by_default=True),
        (UnreadLine("display x", 1, "?"),),
    )
    telnet = without(Facts(telnet=partly), platforms()["h3c_comware7"], LIGHT).telnet
    assert isinstance(telnet, Unknown)
    assert telnet.detail == "「轻量」档位不采集：display current-configuration"


def test_what_the_platform_does_not_print_keeps_its_own_reason() -> None:
    unsupported = Facts(hardware_resources=Unknown(Reason.UNSUPPORTED, "VRP5"))
    kept = without(unsupported, platforms()["huawei_vrp5"], LIGHT)
    assert kept.hardware_resources == unsupported.hardware_resources


@pytest.fixture
def good(tmp_path: Path) -> Iterator[Place]:
    yield from place(tmp_path, simulated(GOOD))


NOW = datetime.now(UTC)


def period(name: str, begins_h: float, ends_h: float) -> dict[str, str]:
    """A period as an inventory has it, hours from now."""
    start, end = (NOW + timedelta(hours=hours) for hours in (begins_h, ends_h))
    return {"name": name, "start": start.isoformat(), "end": end.isoformat()}


SENSITIVE = {"sensitive_periods": [period("重保期", -1, 48)]}


@pytest.mark.parametrize(
    ("site", "options", "said"),
    [
        (SENSITIVE, (), "--profile light"),
        (SENSITIVE, ("--profile", "full"), "--profile light"),
        (SENSITIVE, ("--override-sensitive", " "), "--profile light"),
        ({"maintenance_windows": [period("窗口", 24, 28)]}, ("--profile", "full"), "the next is 窗口"),
        (
            SENSITIVE | {"maintenance_windows": [period("窗口", 24, 28)]},
            ("--profile", "full", "--override-sensitive", "x"),
            "the next is 窗口",
        ),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_may_not_run_now_is_refused_with_what_may(
    good: Place, site: dict[str, Any], options: tuple[str, ...], said: str, dry: tuple[str, ...]
) -> None:
    good.write(**site)
    ended = good.scan(*options, *dry)
    assert ended.returncode == 4, ended.stdout
    assert said in ended.stderr
    assert good.simulator.devices[GOOD].logins == []
    assert good.runs == []


def test_a_light_scan_runs_in_a_sensitive_period(good: Place) -> None:
    good.write(**SENSITIVE)
    ended = good.scan("--profile", "light", "--json", "-c", "SYS-001", "-c", "MGT-001")
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert (said["profile"], said["complete"], said["grade"], said["score"]) == ("light", True, None, None)
    assert said["not_assessed"] == 1
    (run,) = good.runs
    assert json.loads((run / "plan.json").read_text("utf-8"))["profile"] == "light"
    assert "display telnet server status" not in good.simulator.devices[GOOD].lines
    data = json.loads(Path(said["json"]).read_text("utf-8"))
    (verdict,) = [v for v in data["devices"][0]["verdicts"] if v["check_id"] == "MGT-001"]
    (result,) = verdict["results"]
    assert (result["outcome"], result["reason"]) == ("not_assessed", "not_collected")
    assert "「轻量」档位不采集" in result["message"]
    assert data["devices"][0]["score"] is None
    text = pdf_text(Path(said["pdf"]))
    assert "轻量：只看运行状态" in text
    assert "重保期（" in text
    assert "数据不足" not in text


def test_an_override_is_recorded_and_printed(good: Place) -> None:
    good.write(**SENSITIVE)
    ended = good.scan("--override-sensitive", "客户来电要求", "--json", "-c", "SYS-001")
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["profile"] == "normal"
    (run,) = good.runs
    assert json.loads((run / "plan.json").read_text("utf-8"))["override"] == "客户来电要求"
    data = json.loads(Path(said["json"]).read_text("utf-8"))
    assert data["override"] == "客户来电要求"
    text = pdf_text(Path(said["pdf"]))
    assert text.count("客户来电要求") >= 2, "beside the authorisation, and in the conclusion"


def pdf_text(file: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def test_a_dry_run_tells_profile_commands_and_time(good: Place) -> None:
    good.write(concurrency=3)
    ended = good.scan("--dry-run", "--profile", "light", "-c", "SYS-001", "-c", "MGT-001")
    assert ended.returncode == 0, ended.stderr
    assert "profile light" in ended.stdout
    assert "3 at a time" in ended.stdout
    assert "not assessed by choice of the profile on huawei_vrp8: MGT-001" in ended.stdout
    assert "display telnet server status" not in ended.stdout
    said = json.loads(good.scan("--dry-run", "--json", "-c", "SYS-001").stdout)
    assert (said["profile"], said["devices"], said["at_once"], said["refused"]) == ("normal", 1, 3, "")
    assert said["estimated_s"] > 3


@pytest.mark.parametrize("profile", ProfileName)
def test_commands_are_listed_by_profile(profile: ProfileName, capsys: pytest.CaptureFixture[str]) -> None:
    known = platforms()["huawei_vrp8"]
    print_commands(known.id, (), profile, Console())
    listed = capsys.readouterr().out.splitlines()
    assert ("display mac-address" in listed) == (profile is FULL)
    assert ("display saved-configuration" in listed) == (profile is not LIGHT)
    assert "display interface" in listed
    if profile is FULL:
        assert set(listed) == known.allowed


@pytest.mark.parametrize("profile", ProfileName)
def test_a_script_holds_what_a_scan_with_the_profile_asks(
    profile: ProfileName, capsys: pytest.CaptureFixture[str]
) -> None:
    known = platforms()["inspur_inos_cn"]
    print_script(known.id, (), profile, Console())
    typed = [line for line in capsys.readouterr().out.splitlines() if line not in known.no_paging]
    steps = steps_for(known, facts_needed(fact for check in CHECKS for fact in check.facts), profile)
    assert set(typed) == {command for step in steps for command in step.any_of}


@pytest.mark.parametrize(
    ("efforts", "at_once", "whole"),
    [([], 5, 0), ([10], 1, 10), ([10, 10, 10], 1, 30), ([10, 10, 10], 2, 20), ([10, 30, 10, 10], 2, 30)],
)
def test_the_time_of_the_whole(efforts: list[float], at_once: int, whole: float) -> None:
    assert estimated_s(efforts, at_once) == whole
