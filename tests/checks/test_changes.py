from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from collector.inventory import Device, Period, Site
from parsers.facts import Known, LogEvent
from tests.checks.case import SEEN, SOURCE, Case

WINDOW = Period(
    name="CHG-1",
    start=datetime(2026, 11, 10, 14, 0, tzinfo=UTC),
    end=datetime(2026, 11, 10, 18, 0, tzinfo=UTC),
)
SITE = Site(
    name="demo",
    customer="示例客户",
    timezone="Asia/Shanghai",
    maintenance_windows=(WINDOW,),
    devices=(Device(name="sw1", host="192.0.2.10"),),
)
NAIVE = datetime(2026, 11, 10, 23, 0)  # noqa: DTZ001 - as a device without a zone prints it


def event(at: datetime, mnemonic: str = "CFGMAN/CFGMAN_CFGCHANGED") -> LogEvent:
    return LogEvent(seen=SEEN, time=at, severity=5, mnemonic=mnemonic, text="")


def case(name: str, rows: tuple[LogEvent, ...], gives: str, site: Site | None = SITE, **more: Any) -> Case:
    facts = {"log_events": Known(rows, (SOURCE,))}
    return Case(
        check="CFG-007",
        name=name,
        facts=facts,
        site=site,
        gives=(gives,),
        **{"platform": "h3c_comware7", **more},
    )


INSIDE = WINDOW.start + timedelta(hours=1)
VERDICTS = {"CFG-007": "pass, minor, no_baseline, not_collected, unsupported"}

CASES = [
    case("in the window", (event(INSIDE),), "pass", says=("1 条",)),
    case("in another zone", (event(INSIDE.astimezone(timezone(timedelta(hours=8)))),), "pass"),
    case("by the site's clock", (event(NAIVE),), "pass"),
    case("before it", (event(WINDOW.start - timedelta(minutes=1)),), "fail minor", says=("13:59",)),
    case("at its end", (event(INSIDE), event(WINDOW.end)), "fail minor", says=("2 条", "1 条不在")),
    case("by the wrong clock", (event(NAIVE - timedelta(hours=8)),), "fail minor"),
    case("long ago", (event(datetime(2026, 9, 1, tzinfo=UTC)),), "pass", says=("0 条",)),
    case("something else", (event(WINDOW.end, "IFNET/LINK_UPDOWN"),), "pass"),
    case(
        "many", tuple(event(WINDOW.end + timedelta(minutes=n)) for n in range(9)), "fail minor", says=(" 等",)
    ),
    case(
        "no windows",
        (event(INSIDE),),
        "not_assessed no_baseline",
        site=SITE.model_copy(update={"maintenance_windows": ()}),
    ),
    case("no site", (event(INSIDE),), "not_assessed no_baseline", site=None),
    case(
        "a platform whose messages nobody has collected",
        (event(WINDOW.end),),
        "not_assessed unsupported",
        platform="inspur_inos6",
    ),
    case("a log without times", (event(INSIDE),), "not_assessed not_collected", collected=False),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
