from typing import Any, Literal

import pytest

from parsers.facts import HardwareResource, Location, Reason, TableUse, Unknown
from tests.checks.case import SEEN, Case


def use(table: Literal["mac", "arp", "route"], used: int, capacity: int | None = None) -> TableUse:
    return TableUse(seen=SEEN, table=table, used=used, capacity=capacity)


def mac(name: str, rows: tuple[TableUse, ...], *gives: str, **more: Any) -> Case:
    return Case(check="SYS-007", name=name, facts={"table_use": rows}, gives=gives, **more)


def arp(name: str, rows: tuple[TableUse, ...], *gives: str, before: Any = None, **more: Any) -> Case:
    return changed("SYS-008", name, rows, before, *gives, **more)


def routes(name: str, rows: tuple[TableUse, ...], *gives: str, before: Any = None, **more: Any) -> Case:
    return changed("SYS-009", name, rows, before, *gives, **more)


def changed(check: str, name: str, rows: tuple[TableUse, ...], before: Any, *gives: str, **more: Any) -> Case:
    previous = None if before is None else {"table_use": before}
    facts = {"table_use": rows}
    return Case(check=check, name=name, facts=facts, gives=gives, previous=previous, previous_days=30, **more)


def pools(name: str, *used: int, gives: tuple[str, ...], total: int = 100, **more: Any) -> Case:
    rows = tuple(
        HardwareResource(seen=SEEN, location=Location(slot="1"), pool=f"pool {n}", used=each, total=total)
        for n, each in enumerate(used)
    )
    return Case(check="SYS-010", name=name, facts={"hardware_resources": rows}, gives=gives, **more)


VERDICTS = {
    "SYS-007": "pass, major, minor, not_applicable, no_baseline",
    "SYS-008": "pass, major, minor, not_applicable, no_baseline",
    "SYS-009": "pass, major, minor, not_applicable, no_baseline",
    "SYS-010": "pass, major, minor, not_applicable",
}

CASES = [
    mac("little", (use("mac", 699, 1000),), "pass", says=("69.9%",)),
    mac("much", (use("mac", 700, 1000),), "fail minor", says=("700 条", "1000 条")),
    mac("nearly full", (use("mac", 900, 1000),), "fail major"),
    mac("the fullest counts", (use("mac", 1, 1000), use("mac", 95, 100)), "fail major", says=("95.0%",)),
    mac("no capacity", (use("mac", 5),), "not_assessed no_baseline"),
    mac("the baseline knows it", (use("mac", 5),), "pass", params={"capacity": 1000}),
    mac("the device's own comes first", (use("mac", 500, 1000),), "pass", params={"capacity": 100}),
    mac(
        "unless it is overridden",
        (use("mac", 95, 1000),),
        "fail major",
        params={"capacity": 100, "override": True},
    ),
    mac("overridden by nothing", (use("mac", 500, 1000),), "pass", params={"override": True}),
    mac("other tables", (use("arp", 99, 100),), "not_applicable"),
    arp("little", (use("arp", 5, 100),), "pass"),
    arp("much", (use("arp", 70, 100),), "fail minor"),
    arp("nearly full", (use("arp", 99, 100),), "fail major"),
    arp("at the first inspection", (use("arp", 99),), "not_applicable", says=("99 条", "首次巡检")),
    arp(
        "the last one did not know", (use("arp", 9),), "not_assessed no_baseline", before=Unknown(Reason.CUT)
    ),
    arp("grown", (use("arp", 430),), "fail minor change", before=(use("arp", 330),), says=("+100 条",)),
    arp("grown by a small number", (use("arp", 199),), "pass change", before=(use("arp", 100),)),
    arp("grown by a small share", (use("arp", 1290),), "pass change", before=(use("arp", 1000),)),
    arp("shrunk", (use("arp", 10),), "pass change", before=(use("arp", 1000),), says=("-990 条",)),
    arp("both", (use("arp", 300, 400),), "fail minor", "fail minor change", before=(use("arp", 100),)),
    arp("others", (use("mac", 300, 400),), "not_applicable"),
    routes("few", (use("route", 5, 100),), "pass"),
    routes("many", (use("route", 70, 100),), "fail minor"),
    routes("nearly full", (use("route", 99, 100),), "fail major"),
    routes("more", (use("route", 150),), "fail minor change", before=(use("route", 100),), says=("+50 条",)),
    routes("fewer", (use("route", 50),), "fail minor change", before=(use("route", 100),), says=("-50 条",)),
    routes("about the same", (use("route", 101),), "pass change", before=(use("route", 100),)),
    routes("at the first inspection", (use("route", 29),), "not_applicable"),
    routes("the last one knew none", (use("route", 29),), "not_assessed no_baseline", before=()),
    routes("does not route", (use("route", 0),), "not_applicable"),
    pools("all with room", 10, 69, gives=("pass",), says=("2 个资源池", "69%")),
    pools("one is tight", 70, 10, gives=("fail minor slot 1 pool 0", "pass"), says=("1 个资源池", "70%")),
    pools("one is full", 100, gives=("fail major slot 1 pool 0",)),
    pools("without size", 0, gives=("not_applicable",), total=0),
    pools("none", gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
