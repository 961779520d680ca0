"""VRP5: licences, alarms, stack links, link and multi-active detection."""

import pytest

from tests.parsers.vrp5_outputs import RUNNING, Case, check_known, check_unknown, fixture

WITH_MAD = """\
sysname demo-s
#
interface GigabitEthernet0/0/8
 mad detect mode direct
#
return
"""

CASES: dict[str, Case] = {
    "licences of a file on trial": (
        "licenses",
        {"display license": "trial"},
        (
            {
                "feature": "ES5SF4512K00",
                "state": "Trial",
                "type": "DEMO",
                "expires_on": "2026-05-25",
                "limit": 2,
            },
            {
                "feature": "ES5SWL16AP00",
                "state": "Trial",
                "type": "DEMO",
                "expires_on": "2026-05-25",
                "limit": 64,
            },
        ),
    ),
    "licences of two features": (
        "licenses",
        {"display license": "two_features"},
        (
            {"feature": "ES5SVXLAN00", "state": "Normal", "type": "COMM"},
            {
                "feature": "ES5SWL16AP00",
                "state": "Normal",
                "type": "DEMO",
                "expires_on": "2026-12-31",
                "limit": 4,
            },
        ),
    ),
    "alarms, cut at the edge of the screen": (
        "alarms",
        {"display alarm active": "two"},
        (
            {
                "name": "hwEntityInvalid OID 1.3.6.1.4.1.2011.5.25.129.2.1.9 Power is abnormal. "
                "(EntityPhysicalIndex=67108873, EntPhysicalName=MPU Board 0, "
                "ReasonDescription=PWR2 POWER is abnormal)",
                "severity": "critical",
                "raised_at": "2026-02-01 09:18:25-05:13",
            },
            {
                "name": "hwEntityOffline OID 1.3.6.1.4.1.2011.5.25.129.2.1.13 "
                "Physical entity changed to the offline.",
                "severity": "major",
                "raised_at": "2026-02-04 10:38:46-08:00",
            },
        ),
    ),
    "no alarms": ("alarms", {"display alarm active": "none"}, ()),
    "stack ports of service ports": (
        "stack_ports",
        {"display stack port brief": "service_ports"},
        (
            {"name": "stack-port0/1 XGigabitEthernet0/0/1", "up": True},
            {"name": "stack-port0/1 XGigabitEthernet0/0/2", "up": False},
            {"name": "stack-port0/2 XGigabitEthernet0/0/3", "up": False},
        ),
    ),
    "stack ports of a stack card": (
        "stack_ports",
        {"display stack port brief": "stack_card"},
        ({"name": "stack-port0/1", "up": True}, {"name": "stack-port0/2", "up": False}),
    ),
    "DLDP on two ports": (
        "link_detection",
        {"display dldp": "two_ports"},
        (
            {"interface": "GigabitEthernet0/0/1", "state": "advertisement"},
            {"interface": "GigabitEthernet0/0/2", "state": "disable"},
        ),
    ),
    "DLDP on no port": ("link_detection", {"display dldp": "no_port"}, ()),
    "detection that nobody told the state of": ("mad", {RUNNING: WITH_MAD}, {"modes": ("direct",)}),
    "detection that found nothing": (
        "mad",
        {RUNNING: WITH_MAD, "display mad verbose": "direct"},
        {"modes": ("direct",), "faulty": False},
    ),
    "the part of a split stack that is shut": (
        "mad",
        {RUNNING: WITH_MAD, "display mad verbose": "shut"},
        {"modes": ("direct",), "faulty": True},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


TWO = fixture("display alarm active", "two")
UNREADABLE: dict[str, Case] = {
    "a licence file without items": (
        "licenses",
        {"display license": fixture("display license", "trial").partition("\n Item name")[0]},
        "nothing was recognised",
    ),
    "an end that is no date": (
        "licenses",
        {"display license": fixture("display license", "trial").replace("2026-05-25", "2026-02-31")},
        "is no date",
    ),
    "an alarm of a level nobody knows": (
        "alarms",
        {"display alarm active": TWO.replace("/Critical/", "/Indeterminate/")},
        "Indeterminate",
    ),
    "an alarm without its fields": (
        "alarms",
        {"display alarm active": TWO.replace("/0x40c12004/", "/")},
        "alarm 1 is not of the form",
    ),
    "no head and no alarm": ("alarms", {"display alarm active": "\n"}, "nothing was recognised"),
    "no stack port and no table": (
        "stack_ports",
        {"display stack port brief": "\n"},
        "nothing was recognised",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])
