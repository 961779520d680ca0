"""VRP5: who it is, stack, routing, spanning tree, time."""

from datetime import UTC, datetime

import pytest

from parsers.sample import read_sample
from tests.parsers.vrp5_outputs import (
    ASKED,
    CONFIG,
    PLATFORM,
    RUNNING,
    Case,
    check_known,
    check_unknown,
    fixture,
)

VERSION = {"display version": "box"}
CHASSIS = {"display version": "chassis"}

CASES: dict[str, Case] = {
    "name of the prompt": (
        "identity",
        {"display version": "display version\r\n" + fixture("display version", "box") + "<demo-s1>"},
        {"hostname": "demo-s1", "model": "S1720-28GWR-4X-E"},
    ),
    "name of the configuration": (
        "identity",
        {"display version": "chassis", RUNNING: CONFIG},
        {"hostname": "demo-s", "model": "S7703"},
    ),
    "software": (
        "software",
        VERSION,
        {"os": "VRP", "version": "V200R019C10SPC500", "platform_version": "5.170"},
    ),
    "oldest software": (
        "software",
        {"display version": "oldest"},
        {"os": "VRP", "version": "V200R001C00SPC300", "platform_version": "5.110"},
    ),
    "software where no unit is listed": (
        "software",
        {"display version": "no_unit"},
        {"os": "VRP", "version": "V200R001C00", "platform_version": "5.110"},
    ),
    "uptime where no unit is listed": (
        "uptime",
        {"display version": "no_unit"},
        {"uptime_s": 3600 + 17 * 60},
    ),
    "uptime of days": ("uptime", VERSION, {"uptime_s": 3 * 86400 + 3600 + 59 * 60}),
    "uptime of weeks": ("uptime", CHASSIS, {"uptime_s": 51 * 604800 + 2 * 86400 + 33 * 60}),
    "a stack": (
        "stack",
        {"display version": "stack", "display stack": "ring"},
        {
            "enabled": True,
            "topology": "ring",
            "members": (
                {
                    "member": 1,
                    "role": "master",
                    "priority": 150,
                    "mac": "0000-5e00-5350",
                    "software_version": "V200R022C00SPC500",
                },
                {
                    "member": 2,
                    "role": "standby",
                    "priority": 100,
                    "mac": "0000-5e00-5351",
                    "software_version": "V200R021C10SPC600",
                },
                {
                    "member": 3,
                    "role": "slave",
                    "priority": 100,
                    "mac": "0000-5e00-5352",
                    "software_version": "V200R022C00SPC500",
                },
            ),
        },
    ),
    "a box that cannot stack": (
        "stack",
        VERSION,
        {
            "enabled": False,
            "members": ({"member": 0, "role": "master", "software_version": "V200R019C10SPC500"},),
        },
    ),
    "main boards are no stack": ("stack", CHASSIS, {"enabled": False}),
    "OSPF neighbours": (
        "ospf",
        {"display ospf peer": "broadcast"},
        (
            {
                "router_id": "198.51.100.2",
                "interface": "Vlanif101",
                "state": "FULL",
                "role": "DR",
                "local_role": "BDR",
                "up_s": 4256,
            },
            {
                "router_id": "198.51.100.3",
                "interface": "Vlanif101",
                "state": "2WAY",
                "role": "DROTHER",
                "local_role": "BDR",
                "up_s": 0,
            },
            {
                "router_id": "198.51.100.4",
                "interface": "XGigabitEthernet0/0/1",
                "state": "EXSTART",
                "up_s": 0,
            },
        ),
    ),
    "OSPF without neighbours": ("ospf", {"display ospf peer": "nobody"}, ()),
    "OSPF not configured": ("ospf", {"display ospf peer": ""}, ()),
    "spanning tree on": (
        "stp",
        {"display stp": "mstp"},
        {
            "enabled": True,
            "mode": "mstp",
            "bridge_id": "4096.0000-5e00-5360",
            "root_bridge": "4096.0000-5e00-5360",
        },
    ),
    "spanning tree off": (
        "stp",
        {"display stp": "off"},
        {"enabled": False, "mode": "rstp", "bridge_id": "0000-5e00-5361"},
    ),
    "clock with offset": (
        "clock",
        {"display clock": "offset"},
        {"device_time": datetime(2026, 3, 14, 2, 11, 1, tzinfo=UTC), "asked_at": ASKED, "round_trip_s": 0.25}
        | {"dst": False},
    ),
    "clock with a zone": (
        "clock",
        {"display clock": "zone_only"},
        {"device_time": datetime(2026, 5, 5, 11, 1, 3, tzinfo=UTC), "asked_at": ASKED, "round_trip_s": 0.25}
        | {"dst": False},
    ),
    "clock in summer time": (
        "clock",
        {"display clock": "summer_time"},
        {"device_time": datetime(2026, 7, 5, 11, 1, 3), "asked_at": ASKED, "round_trip_s": 0.25}  # noqa: DTZ001
        | {"dst": True},
    ),
    "NTP": (
        "ntp",
        {"display ntp-service status": "synchronized", "display ntp-service sessions": "two"},
        {
            "configured": True,
            "synchronized": True,
            "stratum": 3,
            "sources": (
                {"address": "192.0.2.250", "selected": True, "stratum": 2, "reach": 255}
                | {"poll_s": 64, "delay_s": 0.00102, "offset_s": -0.0006612},
                {"address": "192.0.2.251", "selected": False, "stratum": 16, "reach": 0}
                | {"poll_s": 64, "delay_s": 0.0, "offset_s": 0.0},
            ),
        },
    ),
    "no NTP": (
        "ntp",
        {"display ntp-service status": "unsynchronized", "display ntp-service sessions": ""},
        {"configured": False, "synchronized": False, "stratum": 16},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


UNREADABLE: dict[str, Case] = {
    "no version at all": ("software", {"display version": "\n"}, "nothing was recognised"),
    "no member listed": ("stack", {"display version": "no_unit"}, "no unit"),
    "members that disagree": ("stack", {**VERSION, "display stack": "ring"}, "different members"),
    "a time that is none": ("clock", {"display clock": "2026-02-31 10:00:00+08:00\n"}, "is no time"),
    "a mode nobody knows": (
        "stp",
        {"display stp": fixture("display stp", "mstp").replace("Mode MSTP", "Mode XSTP")},
        "XSTP",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])


def test_a_name_that_stands_in_no_prompt_waits_for_the_configuration() -> None:
    reading = read_sample(PLATFORM, "display version", fixture("display version", "box").encode())
    assert "software" in reading.facts
    assert "identity" not in {**reading.facts, **reading.unreadable}
