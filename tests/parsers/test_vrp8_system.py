"""VRP8: identity, software, stack, time, logs, patches, start-up, licences."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from parsers.facts import Location, Reason, Unknown
from tests.parsers.vrp8_outputs import (
    ASKED,
    CONFIG,
    NTP_ON,
    RUNNING,
    SILENT,
    VERSION,
    Case,
    check_known,
    check_unknown,
    fixture,
    read,
)

BEIJING = timezone(timedelta(hours=8))

CASES: dict[str, Case] = {
    "identity by sysname": (
        "identity",
        {"display version": VERSION, RUNNING: CONFIG},
        {"hostname": "demo-vrp8", "model": "CE6857-48S6CQ-EI"},
    ),
    "identity by prompt": (
        "identity",
        {"display version": VERSION + "<demo-prompt>"},
        {"hostname": "demo-prompt", "model": "CE6857-48S6CQ-EI"},
    ),
    "software": (
        "software",
        {"display version": VERSION},
        {"os": "VRP", "version": "V200R019C10SPC800", "platform_version": "8.191"},
    ),
    "uptime in seconds": ("uptime", {"display version": VERSION}, {"uptime_s": 86400 + 3600 + 60}),
    "stack of two": (
        "stack",
        {"display version": VERSION, "display stack": fixture("display stack", "two_members")},
        {
            "enabled": True,
            "members": (
                {"member": 1, "role": "standby", "priority": 100, "mac": "0000-5e00-5310"},
                {"member": 2, "role": "master", "priority": 200, "mac": "0000-5e00-5320"},
            ),
        },
    ),
    "a switch alone": (
        "stack",
        {"display version": VERSION, "display stack": fixture("display stack", "alone")},
        {
            "enabled": False,
            "members": ({"member": 1, "role": "master", "priority": 100, "mac": "0000-5e00-5310"},),
        },
    ),
    "V300 cannot stack": (
        "stack",
        {"display version": fixture("display version", "ce6881_v300")},
        {"enabled": False},
    ),
    "clock with offset": (
        "clock",
        {"display clock": fixture("display clock", "with_offset")},
        {
            "device_time": datetime(2024, 3, 3, 11, 49, 46, tzinfo=BEIJING),
            "asked_at": ASKED,
            "round_trip_s": 0.25,
            "dst": False,
        },
    ),
    "clock in UTC": (
        "clock",
        {"display clock": fixture("display clock", "zone_only")},
        {"device_time": datetime(2024, 3, 3, 3, 49, 46, tzinfo=UTC), "asked_at": ASKED, "round_trip_s": 0.25}
        | {"dst": False},
    ),
    "NTP": (
        "ntp",
        {"display ntp status": NTP_ON, RUNNING: CONFIG},
        {
            "configured": True,
            "synchronized": True,
            "stratum": 3,
            "sources": (
                {"address": "192.0.2.250", "selected": True, "kind": "server"},
                {"address": "192.0.2.251", "selected": False, "kind": "server"},
            ),
        },
    ),
    "NTP that reaches nobody": (
        "ntp",
        {"display ntp status": fixture("display ntp status", "unsynchronized"), RUNNING: CONFIG},
        {
            "configured": True,
            "synchronized": False,
            "stratum": 16,
            "sources": (
                {"address": "192.0.2.250", "selected": False, "kind": "server"},
                {"address": "192.0.2.251", "selected": False, "kind": "server"},
            ),
        },
    ),
    "no NTP": (
        "ntp",
        {"display ntp status": fixture("display ntp status", "unsynchronized"), RUNNING: SILENT},
        {"configured": False, "synchronized": False, "stratum": 16},
    ),
    "log": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "v300_no_zone")},
        (
            {
                "time": datetime(2024, 12, 19, 18, 11, 33),  # noqa: DTZ001 - the device prints no zone
                "severity": 4,
                "mnemonic": "INFO/SUPPRESS_LOGINFO",
                "text": "CID=0x80600407;Log SSHS/CALLHOME_RECORD is suppressed 1 in last 1 seconds.",
            },
        ),
    ),
    "patch that runs": (
        "patches",
        {"display patch-information": fixture("display patch-information", "running")},
        (
            {
                "name": "CE6857EI-V200R019SPH008.PAT",
                "state": "Running",
                "effective": True,
                "location": Location(),
            },
        ),
    ),
    "patch that does not run": (
        "patches",
        {"display patch-information": fixture("display patch-information", "not_running")},
        (
            {
                "name": "CE6857EI-V200R019SPH012.PAT",
                "state": "Active",
                "effective": False,
                "location": Location(),
            },
        ),
    ),
    "boot files": (
        "startup",
        {"display startup": fixture("display startup", "main_and_slave")},
        {
            "image_current": "flash:/CE12800-V200R019C10SPC800.cc",
            "image_next": "flash:/CE12800-V200R019C10SPC900.cc",
            "config_current": "flash:/vrpcfg.zip",
            "config_next": "flash:/new.cfg",
        },
    ),
    "started without a configuration": (
        "startup",
        {"display startup": fixture("display startup", "v300_without_configuration")},
        {
            "image_current": "flash:/CE6800-V300R022C00SPC100.cc",
            "image_next": "flash:/CE6800-V300R022C00SPC100.cc",
        },
    ),
    "licences": (
        "licenses",
        {"display license verbose": fixture("display license verbose", "common")},
        (
            {"feature": "CE68LICVX01", "state": "Demo", "expires_on": "2024-07-12"}
            | {"device_id": "DEMO0000HW8T0001"},
            {"feature": "CE68LICTLM1", "state": "Normal", "limit": 80, "used": 0}
            | {"device_id": "DEMO0000HW8T0001"},
        ),
    ),
    "licence with the state of its file": (
        "licenses",
        {"display license verbose": fixture("display license verbose", "cloud")},
        (
            {"feature": "CE68LICTUN1", "state": "Normal", "expires_on": "2026-06-23"}
            | {"limit": 1, "used": 0},
        ),
    ),
    "empty log": ("log_events", {"display logbuffer": fixture("display logbuffer", "empty")}, ()),
    "no patch, said otherwise": (
        "patches",
        {"display patch-information": fixture("display patch-information", "none_said_otherwise")},
        (),
    ),
    "no patch": ("patches", {"display patch-information": fixture("display patch-information", "none")}, ()),
}

UNREADABLE: dict[str, Case] = {
    "no host name": (
        "identity",
        {"display version": VERSION, "display current-configuration": "#\n"},
        "no sysname",
    ),
    "version without a device": ("uptime", {"display version": VERSION.splitlines()[1]}, "uptime"),
    "nothing of version": ("software", {"display version": ""}, "nothing was recognised"),
    "log says nothing": ("log_events", {"display logbuffer": ""}, "not said to be empty"),
    "patch says nothing": ("patches", {"display patch-information": ""}, "not said to be none"),
    "impossible time": ("clock", {"display clock": "2024-13-03 11:49:46+08:00\n"}, "is no time"),
    "no licence item": ("licenses", {"display license verbose": " License state : Normal\n"}, "no item"),
    "impossible date": (
        "licenses",
        {
            "display license verbose": fixture("display license verbose", "common").replace(
                "2024-07-12", "2024-07-42"
            )
        },
        "is no date",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


@pytest.mark.parametrize(
    ("fact", "command"), [("identity", "display current-configuration"), ("stack", "display stack")]
)
def test_what_waits_for_another_command_names_it(fact: str, command: str) -> None:
    found = getattr(read({"display version": VERSION}), fact)
    assert isinstance(found, Unknown)
    assert (found.reason, found.detail) == (Reason.NOT_COLLECTED, command)
