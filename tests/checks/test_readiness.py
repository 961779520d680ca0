from typing import Any

import pytest

from checks.readiness import FOUNDATION
from checks.verdict import Result, Severity, Verdict, failed, not_applicable, not_assessed, passed
from parsers.facts import Reason
from tests.checks.case import SEEN, Case

GOOD, NONE = passed("", "fine", SEEN), not_applicable("nothing")
BAD = failed("", Severity.CRITICAL, "成员 1 台", SEEN)
OPEN = not_assessed(Reason.CUT, "cut")


def ready(name: str, gives: str, *says: str, without: str = "", rest: Result = GOOD, **by_id: Result) -> Case:
    """All as `rest` but for those named (`HA_001`)."""
    said: dict[str, Any] = {id_: by_id.get(id_.replace("-", "_"), rest) for id_ in FOUNDATION}
    said.pop(without, None)
    verdicts = {id_: Verdict(id_, "sw1", (result,)) for id_, result in said.items()}
    return Case(check="HA-009", name=name, facts={}, verdicts=verdicts, gives=(gives,), says=says)


VERDICTS = {"HA-009": "pass, info, not_applicable, cut, not_collected"}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    ready("all well", "pass"),
    ready("a stack only", "pass", rest=NONE, HA_001=GOOD),
    ready("a member is missing", "fail info", "HA-001 成员 1 台", HA_001=BAD),
    ready("a gap hides behind a problem", "fail info", HA_001=BAD, CFG_001=OPEN),
    ready("a gap", "not_assessed cut", "CFG-001", CFG_001=OPEN),
    ready("nothing to switch over to", "not_applicable", rest=NONE, CFG_001=BAD),
    ready("one was not run", "not_assessed not_collected", "HW-007", without="HW-007"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
