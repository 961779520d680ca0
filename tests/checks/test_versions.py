"""The four version checks: a case for every verdict of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from baselines.baseline import load_baseline
from checks.check import Context, run
from checks.evaluation import Evaluation
from checks.exposure import Certainty, Exposure, ExposureState, Ground, Trigger
from checks.recommendation import Basis, Recommendation
from checks.registry import by_id
from checks.standing import Approval, Standing
from checks.support import Lifecycle
from checks.verdict import Outcome
from collector.inventory import Device
from parsers.facts import (
    Board,
    Known,
    Location,
    Partial,
    Patch,
    Reason,
    Software,
    Stack,
    StackMember,
    Unknown,
)
from tests.checks.case import NOW, SEEN, SOURCE, UNREAD, facts_of, short

SOFTWARE = Software(seen=SEEN, os="VRP", version="V200R019C10SPC800", platform_version="8.191")


def patch(name: str, *, effective: bool, state: str = "Running", slot: str | None = None) -> Patch:
    return Patch(seen=SEEN, name=name, state=state, effective=effective, location=Location(slot=slot))


def member(number: int, version: str | None = None) -> StackMember:
    role = "master" if number == 1 else "slave"
    return StackMember(seen=SEEN, member=number, role=role, software_version=version)  # type: ignore[arg-type]


def board(version: str | None, **place: Any) -> Board:
    return Board(
        seen=SEEN,
        location=Location(**place),
        kind="fixed",
        model="X",
        present=True,
        state="Normal",
        software_version=version,
    )


def stack(*members: StackMember, enabled: bool = True) -> Stack:
    return Stack(enabled=enabled, members=members)


EXPOSED = Exposure(
    device="sw1",
    advisory_id="XJ-1",
    title="标题",
    state=ExposureState.AFFECTED,
    because=(Ground("当前版本低于修复版本", "products.affected", "software"),),
    severity="高",
    cvss=7.5,
    remote=False,
    fixed_in=("V200R019SPH012",),
    workaround="",
    source="来源",
    seen=(SEEN,),
)


def exposed(**how: Any) -> Exposure:
    return replace(EXPOSED, **how)


@dataclass(frozen=True, kw_only=True)
class Judged:
    check: str
    name: str
    facts: dict[str, Any]
    gives: tuple[str, ...]
    says: str = ""
    exposures: tuple[Exposure, ...] = ()
    evaluation: Evaluation | None = None

    def __str__(self) -> str:
        return f"{self.check}: {self.name}"


def software(name: str, value: Any, gives: str, says: str = "") -> Judged:
    return Judged(check="VER-001", name=name, facts={"software": value}, gives=(gives,), says=says)


def patches(name: str, rows: Any, *gives: str, says: str = "") -> Judged:
    return Judged(check="VER-002", name=name, facts={"patches": rows}, gives=gives, says=says)


def advisories(name: str, found: Sequence[Exposure], *gives: str, says: str = "") -> Judged:
    return Judged(
        check="VER-004",
        name=name,
        facts={"software": SOFTWARE},
        exposures=tuple(found),
        gives=gives,
        says=says,
    )


def members(name: str, value: Any, *gives: str, says: str = "", **facts: Any) -> Judged:
    facts = {"stack": value, "patches": (), **facts}
    return Judged(check="VER-008", name=name, facts=facts, gives=gives, says=says)


def faults(name: str, found: Sequence[Exposure], *gives: str, says: str = "") -> Judged:
    found = [replace(each, vulnerability=False) for each in found]
    return replace(advisories(name, found, *gives, says=says), check="VER-003")


TODAY = date(2026, 11, 20)


def evaluation(*lifecycle: Lifecycle, standing: Standing | None = None) -> Evaluation:
    return Evaluation(
        recommendation=Recommendation(basis=Basis.NONE),
        lifecycle=lifecycle,
        standing=standing or Standing(approval=Approval.NO_RULE, because="没有适用于该设备的认可版本"),
        day=TODAY,
    )


def life(*, as_of: date = TODAY, **ends: date) -> Lifecycle:
    dates: dict[str, date | None] = {"eom": None, "eofs": None, "eos": None, **ends}
    return Lifecycle(what="产品", source="停产公告 001（虚构）", as_of=as_of, **dates)


def ends(name: str, found: Lifecycle | None, *gives: str, says: str = "") -> Judged:
    known = None if found is None else evaluation(found)
    facts = {"software": SOFTWARE}
    return Judged(check="VER-005", name=name, facts=facts, gives=gives, says=says, evaluation=known)


def stands(name: str, approval: Approval, *gives: str, behind: int = 0, says: str = "") -> Judged:
    standing = Standing(approval=approval, behind=behind, because="落后的说明")
    facts = {"software": SOFTWARE}
    known = evaluation(standing=standing)
    return Judged(check="VER-006", name=name, facts=facts, gives=gives, says=says, evaluation=known)


UNDETERMINED = exposed(state=ExposureState.UNDETERMINED, reason=Reason.NO_PRIVILEGE)
ONE, TWO = member(1, "6616P05"), member(2, "6616P05")

CASES = [
    software("known", SOFTWARE, "pass", "VRP V200R019C10SPC800，平台版本 8.191"),
    software("one number only", replace(SOFTWARE, platform_version=None), "pass", "VRP V200R019C10SPC800"),
    software("empty", replace(SOFTWARE, version=""), "not_assessed unparsed", "没有软件版本"),
    software("refused", Unknown(Reason.REFUSED), "not_assessed refused"),
    software("partly read", Partial(SOFTWARE, (UNREAD,)), "not_assessed unparsed"),
    patches("none", (), "not_applicable", says="没有安装补丁"),
    patches("running", (patch("SPH008", effective=True),), "pass SPH008", says="Running"),
    patches(
        "one of two idle",
        (patch("SPH008", effective=False, state="Deactive"), patch("HP0001", effective=True)),
        "fail major SPH008",
        "pass HP0001",
        says="状态 Deactive",
    ),
    patches(
        "idle on one member",
        (patch("a.bin", effective=True, slot="1"), patch("a.bin", effective=False, state="active", slot="2")),
        "fail major a.bin",
        says="slot 2 状态 active",
    ),
    patches("cut", Unknown(Reason.CUT), "not_assessed cut"),
    patches(
        "partly read, all well", Partial((patch("a", effective=True),), (UNREAD,)), "not_assessed unparsed a"
    ),
    patches("partly read, idle", Partial((patch("a", effective=False),), (UNREAD,)), "fail major a"),
    advisories("no advisory covers it", (), "not_assessed no_baseline", says="没有覆盖"),
    advisories(
        "not affected",
        (exposed(state=ExposureState.NOT_AFFECTED),),
        "pass XJ-1",
        says="不受影响：当前版本低于修复版本",
    ),
    advisories("mitigated", (exposed(state=ExposureState.MITIGATED),), "pass XJ-1", says="已规避，未修复"),
    advisories("undetermined", (UNDETERMINED,), "not_assessed no_privilege XJ-1", says="标题"),
    advisories("local, high", (EXPOSED,), "fail major XJ-1", says="CVSS 7.5；修复版本 V200R019SPH012"),
    advisories("remote, high", (exposed(remote=True),), "fail critical XJ-1"),
    advisories("at the high limit", (exposed(cvss=7.0),), "fail major XJ-1"),
    advisories("below the high limit", (exposed(cvss=6.9, remote=True),), "fail minor XJ-1"),
    advisories("at the critical limit", (exposed(cvss=9.0),), "fail critical XJ-1"),
    advisories("below the critical limit", (exposed(cvss=8.9),), "fail major XJ-1"),
    *(
        advisories(
            f"no score, {word}",
            (exposed(cvss=None, severity=word),),
            f"fail {severity} XJ-1",
            says="未给出 CVSS 评分",
        )
        for word, severity in (("严重", "critical"), ("高", "major"), ("中", "minor"), ("低", "minor"))
    ),
    advisories("no score, remote", (exposed(cvss=None, severity="高", remote=True),), "fail critical XJ-1"),
    advisories("no fix", (exposed(fixed_in=()),), "fail major XJ-1", says="没有给出修复版本"),
    advisories("unsure, high", (exposed(trigger=Trigger.UNKNOWN),), "fail minor XJ-1", says="待核实"),
    advisories(
        "unsure, remote and high",
        (exposed(trigger=Trigger.UNKNOWN, remote=True),),
        "fail major XJ-1",
        says="待核实",
    ),
    advisories(
        "unsure, critical", (exposed(trigger=Trigger.UNKNOWN, cvss=9.8),), "fail major XJ-1", says="待核实"
    ),
    advisories("unsure, low", (exposed(trigger=Trigger.UNKNOWN, cvss=3.1),), "fail info XJ-1", says="待核实"),
    advisories(
        "several",
        (exposed(advisory_id="XJ-0", state=ExposureState.NOT_AFFECTED), EXPOSED, UNDETERMINED),
        "pass XJ-0",
        "fail major XJ-1",
        "not_assessed no_privilege XJ-1",
    ),
    advisories("a fault is not counted twice", (exposed(vulnerability=False),), "not_assessed no_baseline"),
    advisories("a hint is no finding", (exposed(certainty=Certainty.HINT),), "not_assessed no_baseline"),
    faults("no bulletin covers it", (), "not_assessed no_baseline", says="没有覆盖"),
    faults("not affected", (exposed(state=ExposureState.NOT_AFFECTED),), "pass XJ-1", says="不受影响"),
    faults("mitigated", (exposed(state=ExposureState.MITIGATED),), "pass XJ-1", says="未修复"),
    faults("undetermined", (UNDETERMINED,), "not_assessed no_privilege XJ-1"),
    faults("by its word", (exposed(severity="严重"),), "fail critical XJ-1"),
    *(faults(f"else major, {w}", (exposed(severity=w),), "fail major XJ-1") for w in ("高", "中", "低")),
    faults("unsure, critical", (exposed(severity="严重", trigger=Trigger.UNKNOWN),), "fail major XJ-1"),
    faults("unsure", (exposed(trigger=Trigger.UNKNOWN),), "fail minor XJ-1", says="待核实"),
    ends("nobody evaluated it", None, "not_assessed no_baseline"),
    ends("only the end of sale", life(eom=date(2020, 1, 1)), "not_assessed no_baseline 产品"),
    ends(
        "long ahead", life(eofs=date(2028, 1, 1)), "pass 产品", says="停产公告 001（虚构），2026-11-20 查得"
    ),
    ends(
        "looked up too long ago",
        life(eofs=date(2028, 1, 1), as_of=date(2025, 1, 1)),
        "not_assessed stale 产品",
    ),
    ends("exactly twelve months ahead", life(eofs=date(2027, 11, 20)), "pass 产品"),
    ends("a day less", life(eofs=date(2027, 11, 19)), "fail minor 产品", says="不足 12 个月"),
    ends("over today", life(eos=TODAY), "fail major 产品", says="停止服务日期 2026-11-20已过"),
    ends(
        "no patches any more, service still",
        life(eofs=date(2026, 1, 1), eos=date(2030, 1, 1)),
        "fail major 产品",
        says="停止全面支持",
    ),
    ends(
        "over, by dates looked up long ago",
        life(eos=date(2024, 1, 1), as_of=date(2023, 1, 1)),
        "fail major 产品",
    ),
    Judged(
        check="VER-005",
        name="no dates",
        facts={"software": SOFTWARE},
        evaluation=evaluation(),
        gives=("not_assessed no_baseline",),
        says="没有版本 V200R019C10SPC800 及其产品的生命周期数据",
    ),
    stands("approved", Approval.APPROVED, "pass"),
    stands("above", Approval.AHEAD, "pass"),
    stands("one behind", Approval.BEHIND, "pass", behind=1),
    stands("two behind", Approval.BEHIND, "fail minor", behind=2, says="落后的说明"),
    stands("no rule", Approval.NO_RULE, "not_assessed no_baseline"),
    stands("another line", Approval.INCOMPARABLE, "not_assessed no_baseline"),
    Judged(
        check="VER-006",
        name="nobody evaluated it",
        facts={"software": SOFTWARE},
        gives=("not_assessed no_baseline",),
    ),
    members("no stack", stack(enabled=False), "not_applicable"),
    members("one member", stack(ONE), "not_applicable"),
    members("alike", stack(ONE, TWO), "pass", says="成员 1：6616P05，成员 2：6616P05"),
    members(
        "different",
        stack(ONE, member(2, "6616P01")),
        "fail critical",
        says="成员 1：6616P05，成员 2：6616P01",
    ),
    members(
        "versions of the boards, by member",
        stack(member(1), member(2)),
        "fail critical",
        boards=(board("a", member=1, slot="0"), board("b", member=2, slot="0")),
        says="成员 1：a，成员 2：b",
    ),
    members(
        "versions of the boards, by slot",
        stack(member(0), member(1)),
        "pass",
        boards=(board("a", slot="0"), board("a", slot="1")),
    ),
    members(
        "a slot is not the member of the same number",
        stack(member(1), member(2)),
        "not_assessed unsupported",
        boards=(board("a", chassis=1, slot="2"),),
        says="成员 2",
    ),
    members("no versions at all", stack(member(1), member(2)), "not_assessed unsupported", says="成员 1、2"),
    members(
        "same patches",
        stack(ONE, TWO),
        "pass",
        "pass",
        patches=(patch("a", effective=True, slot="1"), patch("a", effective=True, slot="2")),
        says="补丁一致",
    ),
    members(
        "a patch on one member only",
        stack(ONE, TWO),
        "pass",
        "fail critical",
        patches=(patch("a", effective=True, slot="1"),),
        says="补丁不一致：成员 1：a，成员 2：无",
    ),
    members(
        "patches of the stack as a whole", stack(ONE, TWO), "pass", patches=(patch("a", effective=True),)
    ),
    members(
        "patches unknown",
        stack(ONE, TWO),
        "pass",
        "not_assessed refused",
        patches=Unknown(Reason.REFUSED),
    ),
    members("stack unknown", Unknown(Reason.TIMED_OUT), "not_assessed timed_out"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Judged) -> None:
    context = Context(
        device=Device(name="sw1", host="192.0.2.10"),
        facts=facts_of(case.facts),
        params=load_baseline().params(case.check),
        collected_at=NOW,
        exposures=case.exposures,
        evaluation=case.evaluation,
    )
    results = run(by_id(case.check), context).results
    assert tuple(short(result) for result in results) == case.gives
    assert case.says in "\n".join(result.message for result in results)
    assert all(result.seen for result in results if result.outcome is Outcome.FAIL)


VERDICTS = {
    "VER-001": "pass, unparsed, refused",
    "VER-002": "pass, major, not_applicable, unparsed, cut",
    "VER-004": "pass, critical, major, minor, info, no_baseline, no_privilege",
    "VER-003": "pass, critical, major, minor, no_baseline, no_privilege",
    "VER-005": "pass, major, minor, no_baseline, stale",
    "VER-006": "pass, minor, no_baseline",
    "VER-008": "pass, critical, not_applicable, unsupported, refused, timed_out",
}


@pytest.mark.parametrize("check_id", sorted(VERDICTS))
def test_cases_reach_every_verdict(check_id: str) -> None:
    words = {
        word for case in CASES if case.check == check_id for given in case.gives for word in given.split()[:2]
    }
    assert set(VERDICTS[check_id].split(", ")) <= words


def test_a_customer_may_move_the_limits() -> None:
    params = {"cvss_crit": 7.5, "cvss_high": 5.0, "source_days_max": 90}
    facts = facts_of({"software": Known(SOFTWARE, (SOURCE,))})
    device = Device(name="sw1", host="192.0.2.10")
    context = Context(device=device, facts=facts, params=params, collected_at=NOW, exposures=(EXPOSED,))
    assert [short(result) for result in run(by_id("VER-004"), context).results] == ["fail critical XJ-1"]
