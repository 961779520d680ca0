from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from baselines.baseline import load_baseline
from checks.assembly import Collected, RunRecord, build_inspection
from checks.evidence import Output
from checks.inspection import Inspection
from checks.registry import CHECKS, select
from checks.verdict import Outcome
from collector.inventory import Authorization, Device, Expected, Site
from collector.platform import Platform, platforms
from parsers.facts import (
    Fan,
    Known,
    Location,
    Memory,
    Partial,
    PowerSupply,
    Reason,
    Unknown,
    UnreadLine,
    Uptime,
)
from parsers.seen import Seen
from tests.checks.case import facts_of

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
POWER, FAN = "a" * 64, "b" * 64
OUTPUTS = {
    POWER: Output(lines=("PowerID State", "1 Normal", "2 Fault", "3 Absent", "4 Absent"), collected_at=AT),
    FAN: Output(lines=("Fan 1 Normal",), collected_at=AT + timedelta(seconds=1)),
}


def device(name: str, **expect: Any) -> Device:
    return Device(name=name, host="192.0.2.1", expect=Expected(**expect))


def psu(number: int, state: str) -> PowerSupply:
    where = Seen(POWER, "display power", (number + 1,))
    return PowerSupply(seen=where, location=Location(), name=f"Power {number}", present=True, state=state)


FANS = (
    Fan(seen=Seen(FAN, "display fan", (1,)), location=Location(), name="Fan 1", present=True, state="Normal"),
)
MEMORY = (Memory(seen=Seen(FAN, "display memory", (1,)), unit="Slot 1", used_pct=85),)


def platform() -> Platform:
    return next(iter(platforms().values()))


def collected(name: str = "sw1", **facts: Any) -> Collected:
    return Collected(
        device=device(name),
        platform=platform(),
        collected_at=AT,
        facts=facts_of(facts),
        outputs=OUTPUTS,
    )


def lost(name: str = "sw9") -> Collected:
    return Collected(device=device(name), platform=None, reason=Reason.UNREACHABLE, detail="端口关闭")


IDS = ("HW-001", "HW-003", "HW-006", "HW-010", "SYS-004")


def inspected(*each: Collected, words: Sequence[str] = IDS, **record: Any) -> Inspection:
    site = Site(name="lab", customer="示例客户", devices=tuple(c.device for c in each))
    permit = Authorization(
        authorized_by="张三", method="邮件", reference="m-1", valid_from=AT, valid_until=None, devices=("*",)
    )
    run = RunRecord(
        run_id="r1",
        kind="例行",
        site=site,
        authorization=permit,
        started_at=AT,
        ended_at=AT + timedelta(minutes=5),
        interrupted="",
        engineer="李四",
        tool_version="0.0.0",
    )
    return build_inspection(replace(run, **record), each, checks=select(words), baseline=load_baseline())


def test_findings_come_the_severest_first_then_as_the_inventory_has_the_devices() -> None:
    one = collected("sw1", memory=MEMORY, fans=FANS)
    two = collected("sw2", memory=MEMORY, power_supplies=(psu(1, "Normal"), psu(2, "Fault")))
    found = inspected(one, two).findings
    assert [(f.number, f.device, f.check_id, f.object, f.severity) for f in found] == [
        ("P001", "sw2", "HW-001", "Power 2", "critical"),
        ("P002", "sw1", "SYS-004", "Slot 1", "minor"),
        ("P003", "sw2", "SYS-004", "Slot 1", "minor"),
    ]


def test_a_finding_shows_its_lines() -> None:
    finding = inspected(collected(power_supplies=(psu(2, "Fault"),))).findings[0]
    (evidence,) = finding.evidence
    assert (evidence.command, evidence.sha256, evidence.collected_at) == ("display power", POWER, AT)
    assert evidence.first_line == 2
    assert evidence.lines == ("1 Normal", "2 Fault", "3 Absent")


def test_every_device_has_a_verdict_of_every_check() -> None:
    inspection = inspected(collected(), lost())
    assert tuple(inspection.texts) == IDS
    said = [tuple(v.check_id for v in report.verdicts) for report in inspection.devices]
    assert said == [IDS, IDS]


def test_a_device_that_was_not_reached_is_not_assessed_with_the_reason() -> None:
    report = inspected(lost()).devices[0]
    assert (report.reached, report.reason, report.detail, report.score) == (
        False,
        Reason.UNREACHABLE,
        "端口关闭",
        None,
    )
    results = [result for verdict in report.verdicts for result in verdict.results]
    assert {(result.outcome, result.reason) for result in results} == {
        (Outcome.NOT_ASSESSED, Reason.UNREACHABLE)
    }


def test_facts_of_a_device_that_was_not_reached_are_not_judged() -> None:
    stale = replace(lost(), facts=facts_of({"fans": FANS, "memory": MEMORY}))
    inspection = inspected(stale)
    assert inspection.findings == ()
    assert inspection.devices[0].count(Outcome.PASS) == 0


def test_an_inspection_is_complete_when_all_were_reached_and_nothing_cut_it_short() -> None:
    assert inspected(collected()).complete
    assert not inspected(collected(), lost()).complete
    assert not inspected(replace(collected(), broken_off=Reason.CUT)).complete
    assert not inspected(collected(), interrupted="工程师中断").complete


def test_the_platform_says_who_made_it_and_how_well_we_know_it() -> None:
    report = inspected(collected()).devices[0]
    here = platform()
    assert (report.platform, report.vendor, report.platform_label) == (here.id, here.vendor, here.label)
    assert report.platform_evidence == here.evidence
    assert inspected(lost()).devices[0].platform is None


def test_lines_that_were_not_understood_are_kept() -> None:
    line = UnreadLine("display fan", 2, "?")
    report = inspected(collected(fans=Partial(FANS, (line,)))).devices[0]
    assert report.unread == (line,)
    assert report.verdicts[1].outcome is Outcome.NOT_ASSESSED


def test_the_last_inspection_is_compared_with() -> None:
    uptime = Uptime(seen=Seen(FAN, "display version", (1,)), uptime_s=86400)
    now = collected(uptime=uptime)
    then = replace(now, previous=facts_of({}), previous_at=AT - timedelta(days=30))
    first, second = inspected(now), inspected(then)
    assert [f.severity for f in first.findings] == ["info"]
    assert [f.severity for f in second.findings] == ["major"]
    assert any("首次巡检" in limit for limit in first.conclusion.limits)
    assert not any("首次巡检" in limit for limit in second.conclusion.limits)


def test_score_is_none_where_too_little_was_assessed() -> None:
    everything: dict[str, Any] = {
        "power_supplies": (psu(1, "Normal"),),
        "fans": FANS,
        "boards": (),
        "uptime": Uptime(seen=Seen(FAN, "display version", (1,)), uptime_s=86400 * 90),
        "memory": MEMORY,
    }
    assert inspected(collected(**everything)).devices[0].score == 98.5
    lacking = everything | {"memory": Unknown(Reason.TIMED_OUT)}
    assert inspected(collected(**lacking)).devices[0].score is None


def test_what_was_collected_must_say_when() -> None:
    with pytest.raises(ValueError, match="sw1"):
        inspected(replace(collected(), collected_at=None))


def test_all_checks_can_be_run_on_a_device_that_gave_nothing() -> None:
    inspection = inspected(collected(), words=())
    assert len(inspection.devices[0].verdicts) == len(CHECKS)
    assert inspection.devices[0].count(Outcome.PASS) == 0
    assert inspection.conclusion.grade is None


def test_known_facts_without_rows_do_not_pass_for_want_of_anything_to_judge() -> None:
    empty = collected(fans=Known(()), power_supplies=Known(()), boards=Known(()), memory=Known(()))
    outcomes = {v.check_id: v.outcome for v in inspected(empty).devices[0].verdicts}
    assert set(outcomes.values()) == {Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED}
