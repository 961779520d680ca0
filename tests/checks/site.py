"""Reports, verdicts and findings for tests of score, conclusion and assembly."""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from checks.inspection import DeviceReport, Finding
from checks.verdict import (
    SEVEREST_FIRST,
    Result,
    Severity,
    Verdict,
    failed,
    not_applicable,
    not_assessed,
    passed,
)
from collector.inventory import Device
from parsers.facts import Facts, Reason, UnreadLine

IDS = (
    "ENV-001",
    "HW-001",
    "HW-003",
    "HW-006",
    "HW-010",
    "SYS-001",
    "SYS-004",
    "SYS-012",
    "VER-001",
    "VER-002",
    "VER-004",
    "VER-008",
    "IF-001",
    "IF-005",
    "IF-008",
    "IF-012",
    "OPT-001",
    "OPT-008",
    "L2-001",
    "L2-009",
    "L3-001",
    "HA-001",
    "LOG-001",
    "LOG-003",
    "NTP-001",
    "NTP-004",
    "MGT-001",
    "MGT-006",
    "MGT-008",
    "MGT-017",
    "CFG-001",
)
"""Thirty-one checks whatever else the catalogue has, so that shares and scores can be worked out by hand."""
PASS = passed("", "fine")
NOT_APPLICABLE = not_applicable("nothing here")
NOT_ASSESSED = not_assessed(Reason.NO_PRIVILEGE, "not allowed")


def fail(severity: Severity, object_: str = "") -> Result:
    return failed(object_, severity, "坏了")


ANY_RESULT = st.sampled_from([PASS, NOT_APPLICABLE, NOT_ASSESSED, *(fail(s) for s in SEVEREST_FIRST)])
ANY_RESULTS = st.dictionaries(
    st.integers(0, len(IDS) - 1), st.lists(ANY_RESULT, min_size=1, max_size=3), max_size=12
).map(lambda said: [list(said.get(number, [PASS])) for number in range(len(IDS))])
"""Results of every check in order, most of them passed."""


def verdicts(results: Sequence[Iterable[Result]], device: str = "sw1") -> tuple[Verdict, ...]:
    """One verdict for each check, in order; checks for which nothing is said pass."""
    said = [tuple(each) for each in results]
    said += [(PASS,)] * (len(IDS) - len(said))
    return tuple(Verdict(check_id, device, each) for check_id, each in zip(IDS, said, strict=True))


def of(device: str = "sw1", **by_id: Result) -> tuple[Verdict, ...]:
    """All pass but for the named checks (`HW_001` for HW-001)."""
    named = {check_id.replace("_", "-"): result for check_id, result in by_id.items()}
    assert named.keys() <= set(IDS)
    return verdicts([(named.get(check_id, PASS),) for check_id in IDS], device)


def report(
    said: tuple[Verdict, ...], *, reason: Reason | None = None, evidence: str = "", unread: int = 0
) -> DeviceReport:
    name = said[0].device
    return DeviceReport(
        device=Device(name=name, host="192.0.2.1"),
        platform=None,
        vendor="",
        platform_label="",
        platform_evidence=evidence,
        reached=reason is None,
        reason=reason,
        detail="",
        collected_at=None,
        facts=Facts(),
        verdicts=said,
        exposures=(),
        commands=(),
        unread=tuple(UnreadLine("display x", n, "?") for n in range(unread)),
        score=None,
    )


def lost(device: str = "sw9") -> DeviceReport:
    """A device nobody reached."""
    result = not_assessed(Reason.UNREACHABLE, "")
    return report(verdicts([(result,)] * len(IDS), device), reason=Reason.UNREACHABLE)


def findings(devices: Sequence[DeviceReport]) -> tuple[Finding, ...]:
    fails = [
        (verdict, result.severity, result)
        for device in devices
        for verdict in device.verdicts
        for result in verdict.results
        if result.severity is not None
    ]
    fails.sort(key=lambda each: SEVEREST_FIRST.index(each[1]))
    return tuple(
        Finding(
            number=f"P{number:03d}",
            check_id=verdict.check_id,
            device=verdict.device,
            object=result.object,
            severity=severity,
            message=result.message,
            evidence=(),
        )
        for number, (verdict, severity, result) in enumerate(fails, start=1)
    )
