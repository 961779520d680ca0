from typing import Any

import pytest

from parsers.facts import Interface, Reason, Stp, StpPort, Unknown, Uptime
from tests.checks.case import SEEN, Case

A, B = "10GE1/0/1", "10GE1/0/2"
DAY = 86400
ON = Stp(seen=SEEN, enabled=True, mode="rstp")
UP = {"uptime": Uptime(seen=SEEN, uptime_s=400 * DAY)}
PACKETS = [f"{way}_{kind}_packets" for way in ("in", "out") for kind in ("unicast", "multicast", "broadcast")]


def port(name: str = A, **more: Any) -> Interface:
    state: dict[str, Any] = {"kind": "ethernet", "admin_up": True, "oper_up": True}
    return Interface(seen=SEEN, name=name, **(state | more))


def counted(crc: int | None, incoming: int | None, out: int | None, packets: int | None = None) -> Interface:
    """`packets` are spread over all ways and kinds."""
    each = None if packets is None else packets // len(PACKETS)
    return port(crc_errors=crc, in_errors=incoming, out_errors=out, **dict.fromkeys(PACKETS, each))


def errors(name: str, now: Interface, then: Interface | None, gives: str, *says: str, **more: Any) -> Case:
    """`then` is 30 seconds before."""
    sample = None if then is None else {"interfaces": (then,)}
    facts = {"interfaces": (now,)} | more.pop("facts", UP)
    return Case(check="IF-002", name=name, facts=facts, sample=sample, gives=(gives,), says=says, **more)


def drops(
    name: str, now: tuple[int | None, int | None], then: tuple[int, int], gives: str, *says: str
) -> Case:
    (at, was) = (port(in_drops=each[0], out_drops=each[1]) for each in (now, then))
    facts = {"interfaces": (at,)} | UP
    return Case(
        check="IF-003", name=name, facts=facts, sample={"interfaces": (was,)}, gives=(gives,), says=says
    )


def changes(*counts: int | None, instance: int = 0) -> tuple[StpPort, ...]:
    return tuple(
        StpPort(seen=SEEN, name=name, role="DESI", state="FORWARDING", instance=instance, tc_received=count)
        for name, count in zip((A, B), counts, strict=False)
    )


def tc(name: str, now: tuple[StpPort, ...], then: Any, gives: str, *says: str, **more: Any) -> Case:
    sample = None if then is None else {"stp_ports": then}
    facts = {"stp": more.pop("stp", ON), "stp_ports": now} | more.pop("facts", UP)
    return Case(check="L2-004", name=name, facts=facts, sample=sample, gives=(gives,), says=says, **more)


def since(*rows: Any, fact: str = "interfaces") -> dict[str, Any]:
    """The last inspection, 30 days ago."""
    return {"previous": {fact: rows}, "previous_days": 30}


ZERO, ONCE = "not_assessed not_collected", "not_assessed not_collected"

VERDICTS = {
    "IF-002": "pass, major, minor, not_applicable, not_collected, unsupported",
    "IF-003": "pass, minor, not_applicable, not_collected, unsupported",
    "L2-004": "pass, major, not_applicable, not_collected, unsupported",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

CASES = [
    errors("many, none new", counted(9999, 9999, 9999), counted(9999, 9999, 9999), f"pass {A}", "增长 0"),
    errors("one new is no matter", counted(8, 8, 0), counted(7, 7, 0), f"pass {A}", "增长 1"),
    errors("five in half a minute", counted(5, 5, 0), counted(0, 0, 0), f"fail major {A}", "增长 5", "600"),
    errors("four in half a minute", counted(4, 4, 0), counted(0, 0, 0), f"fail minor {A}", "增长 4"),
    errors("both ways add up", counted(0, 3, 2), counted(0, 0, 0), f"fail major {A}", "增长 5"),
    errors("a check sum alone", counted(6, None, None), counted(0, None, None), f"fail major {A}", "CRC 6"),
    errors("few in many", counted(5, 5, 0, 60_000_000), counted(0, 0, 0, 0), f"pass {A}", "8.3e-08"),
    errors("some in many", counted(60, 60, 0, 60_000_000), counted(0, 0, 0, 0), f"fail minor {A}"),
    errors("many in many", counted(600, 600, 0, 60_000_000), counted(0, 0, 0, 0), f"fail major {A}"),
    errors("asked once, first inspection", counted(9, 9, 9), None, ONCE, "一次采样"),
    errors("cleared in between", counted(5, 5, 0), counted(9, 9, 1), f"{ZERO} {A}", "清零"),
    errors(
        "cleared five seconds ago, as it says",
        port(crc_errors=9, in_errors=9, out_errors=0, cleared_s=5),
        counted(20, 20, 0),
        f"fail major {A}",
        "增长 9",
    ),
    errors("a port that was not there", counted(0, 0, 0), port(B), f"{ZERO} {A}"),
    errors("not printed", counted(None, None, None), counted(0, 0, 0), "not_assessed unsupported"),
    errors("no port is up", port(oper_up=False), None, "not_applicable"),
    errors(
        "slowly, since the last inspection",
        counted(10_000, 10_000, 0),
        counted(10_000, 10_000, 0),
        f"fail minor {A}",
        "本次采样的 30 秒内错误增长 0",
        "上次巡检以来的 30.0 天内错误增长 9900",
        **since(counted(100, 100, 0)),
    ),
    errors("as last time", counted(100, 100, 0), None, f"pass {A}", **since(counted(100, 100, 0))),
    errors(
        "unknown last time",
        counted(100, 100, 0),
        None,
        ONCE,
        previous={"interfaces": Unknown(Reason.CUT)},
        previous_days=30,
    ),
    errors(
        "restarted since the last inspection",
        counted(2000, 2000, 0),
        None,
        f"fail minor {A}",
        "增长 2000",
        facts={"uptime": Uptime(seen=SEEN, uptime_s=2 * DAY)},
        **since(counted(9000, 9000, 0)),
    ),
    errors("cleared since last time", counted(2, 2, 0), None, f"{ZERO} {A}", **since(counted(9000, 9000, 0))),
    drops("none new", (700, 700), (700, 700), f"pass {A}", "丢弃增长 0"),
    drops("a handful", (5, 4), (0, 0), f"pass {A}"),
    drops("many", (5, 5), (0, 0), f"fail minor {A}", "丢弃增长 10"),
    drops("of one way only", (None, 50), (0, 0), f"fail minor {A}"),
    drops("drops cleared", (1, 1), (9, 9), f"{ZERO} {A}"),
    drops("drops not printed", (None, None), (0, 0), "not_assessed unsupported"),
    Case(check="IF-003", name="no port", facts={"interfaces": ()}, gives=("not_applicable",)),
    Case(
        check="IF-003",
        name="drops counted once",
        facts={"interfaces": (port(in_drops=1, out_drops=1),)},
        gives=(ONCE,),
    ),
    tc("no new changes", changes(99, 98), changes(99, 98), "pass", "不超过 0 次"),
    tc("two changes", changes(2, 0), changes(0, 0), "pass"),
    tc("three changes", changes(3, 0), changes(0, 0), f"fail major {A}", "3 次"),
    tc(
        "in two instances together",
        (*changes(2), *changes(2, instance=1)),
        (*changes(0), *changes(1, instance=1)),
        f"fail major {A}",
        "3 次",
    ),
    tc(
        "often since the last inspection",
        changes(8000, 0),
        changes(8000, 0),
        f"fail major {A}",
        "8000 次",
        **since(*changes(0, 0), fact="stp_ports"),
    ),
    tc("changes cleared", changes(1), changes(5), ZERO),
    tc("changes counted once", changes(1), None, ONCE),
    tc("changes not printed", changes(None), changes(None), "not_assessed unsupported"),
    tc(
        "no spanning tree at all",
        changes(9),
        changes(0),
        "not_applicable",
        stp=Stp(seen=SEEN, enabled=False, mode=None),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
