from typing import Any

from parsers.facts import Diagnostic, Known, Location
from tests.checks.case import SEEN, SOURCE, Case

VERDICTS = {"HW-009": "pass, major, info, info lacking, unparsed, unsupported"}
"""What the check can say of known facts: severities of fails, reasons of not assessed."""


def ran(name: str, result: str, slot: str | None = "1", **more: Any) -> Diagnostic:
    return Diagnostic(seen=SEEN, location=Location(slot=slot), name=name, result=result, **more)


def judged(name: str, rows: tuple[Diagnostic, ...], *gives: str, says: tuple[str, ...] = ()) -> Case:
    facts = {"diagnostics": Known(rows, (SOURCE,))}
    return Case(check="HW-009", name=name, facts=facts, gives=gives, says=says)


GOOD = ran("HGMonitor", "Success", runs=10, failures=0)
BAD = ran("HGMonitor", "Failure", "2", runs=10, failures=3, reason="Failed to send packets.")

CASES = [
    judged("all passed", (GOOD, ran("Memory", "Success")), "pass slot 1", says=("2 项",)),
    judged("of the other lineage", (ran("NVRAM", "Pass"),), "pass slot 1"),
    judged("a switch without slots", (ran("HGMonitor", "Success", None),), "pass"),
    judged(
        "one failed, with its reason",
        (GOOD, BAD),
        "pass slot 1",
        "fail major slot 2 HGMonitor",
        says=("Failure", "10 次中失败过 3 次", "Failed to send packets."),
    ),
    judged("one failed, without numbers", (ran("NVRAM", "Fail"),), "fail major slot 1 NVRAM", says=("Fail",)),
    judged("it was given up", (ran("NVRAM", "Error disabled"),), "fail major slot 1 NVRAM"),
    judged(
        "some ports failed",
        (
            ran("PortLoopback", "Pass", ports=(1, 2, 4)),
            ran("PortLoopback", "Fail", ports=(3,)),
            ran("PortLoopback", "Error disabled", ports=(5,)),
        ),
        "fail major slot 1 PortLoopback",
        says=("端口 3、5 ", "Fail、Error disabled"),
    ),
    judged(
        "very many ports failed",
        (ran("PortLoopback", "Fail", ports=tuple(range(1, 49))),),
        "fail major slot 1 PortLoopback",
        says=("7、8 等 48 个",),
    ),
    judged(
        "it has failed before",
        (ran("Memory", "Success", runs=418, failures=2, reason="Failed to read."), GOOD),
        "fail info slot 1 Memory",
        "pass slot 1",
        says=("418 次中失败过 2 次", "Failed to read."),
    ),
    judged(
        "some did not run: one finding for the module",
        (ran("NVRAM", "Untested"), ran("USB", "Incomplete"), ran("ACT2", "Abort"), ran("OBFL", "Pass")),
        "fail info slot 1 untested",
        "pass slot 1",
        says=("3 项", "NVRAM、USB、ACT2"),
    ),
    judged(
        "on some ports only",
        (ran("PortLoopback", "Pass", ports=(1,)), ran("PortLoopback", "Untested", ports=(2,))),
        "fail info slot 1 untested",
    ),
    judged("on, but it never ran", (ran("Steady", "-NA-", runs=0, failures=0),), "fail info slot 1 untested"),
    judged(
        "a summary is no test: it fails, but does not pass alone",
        (ran("Status", "Pass", summary=True), ran("Status", "Fail", "2", summary=True)),
        "not_assessed unsupported slot 1",
        "fail major slot 2 Status",
        says=("汇总状态（Pass）",),
    ),
    judged(
        "a summary is not counted among its tests",
        (ran("Status", "Pass", summary=True), ran("NVRAM", "Pass")),
        "pass slot 1",
        says=("1 项",),
    ),
    judged(
        "a summary that is better than the tests",
        (ran("Status", "Pass", summary=True), ran("NVRAM", "Fail")),
        "fail major slot 1 NVRAM",
    ),
    judged("nothing ever ran", (), "fail info", says=("没有启用",)),
    judged(
        "a word nobody knows",
        (ran("NVRAM", "Degraded"), GOOD),
        "not_assessed unparsed slot 1 NVRAM",
        "pass slot 1",
    ),
    judged(
        "a word nobody knows of some ports does not hide those that failed",
        (ran("PortLoopback", "Odd", ports=(1,)), ran("PortLoopback", "Fail", ports=(2,))),
        "fail major slot 1 PortLoopback",
    ),
]
