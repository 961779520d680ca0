"""Comware 7, clock, logs, software files and licences: from our fixtures to the values of each fact."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, fixture, plain, read

VERSION = "display version"
NTP = "display ntp-service status"
SESSIONS = "display ntp-service sessions"
ACTIVE = "display install active"
COMMITTED = "display install committed"
SERVER = configured(" ntp-service unicast-server 192.0.2.250\n")

Case = tuple[str, dict[str, str], Any]

CASES: dict[str, Case] = {
    "clock: ahead of UTC": (
        "clock",
        {"display clock": "zone_ahead"},
        {
            "device_time": datetime(2026, 3, 2, 8, 5, 6, 789000, tzinfo=timezone(timedelta(hours=8))),
            "asked_at": datetime(2026, 3, 2, 0, 5, 7, tzinfo=UTC),
            "round_trip_s": 0.5,
            "dst": False,
        },
    ),
    "ntp": (
        "ntp",
        {NTP: "synchronized", SESSIONS: "two_sources", RUNNING: SERVER},
        {
            "configured": True,
            "synchronized": True,
            "stratum": 4,
            "sources": [
                {"address": "192.0.2.250", "selected": True, "kind": "server", "stratum": 3, "reach": 255}
                | {"poll_s": 64, "delay_s": 0.0010048, "offset_s": -0.000221},
                {"address": "192.0.2.251", "selected": False, "stratum": 16, "reach": 0}
                | {"poll_s": 64, "delay_s": 0.0, "offset_s": 0.0},
            ],
        },
    ),
    "ntp: configured and silent": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: SERVER},
        {"configured": True, "synchronized": False, "stratum": 16},
    ),
    "ntp: not configured": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured()},
        {"configured": False, "synchronized": False, "stratum": 16},
    ),
    "log_events": (
        "log_events",
        {"display logbuffer": "messages"},
        [
            {"time": datetime.fromisoformat("2026-02-27T23:59:01.004"), "severity": 2}
            | {"mnemonic": "DEV/FAN_FAILED", "text": "-Slot=2; Fan 1 failed."},
            {"time": datetime.fromisoformat("2026-02-28T00:00:02.282"), "severity": 6}
            | {"mnemonic": "SYSLOG/SYSLOG_RESTART", "text": "System restarted -- H3C Comware Software."},
            {
                "time": datetime.fromisoformat("2026-02-28T00:10:00.018"),
                "severity": 6,
                "mnemonic": "SHELL/SHELL_CMD",
            }
            | {"text": "-Line=vty0-IPAddr=192.0.2.200-User=ops; Command is display version"},
            {
                "time": datetime.fromisoformat("2026-03-01T03:00:00.009"),
                "severity": 3,
                "mnemonic": "IFNET/PHY_UPDOWN",
            }
            | {"text": "Physical state on the interface GigabitEthernet1/0/7 changed to down."},
            {"time": datetime.fromisoformat("2026-03-01T03:00:01.077"), "severity": 7}
            | {"mnemonic": "SYSLOG/SYS_NOTE", "text": "kept"},
            {"time": datetime.fromisoformat("2026-03-01T03:00:02.770"), "severity": 1}
            | {"mnemonic": "DRVPLAT/DrvDebug", "text": "Parity error on unit 0 table 7."},
        ],
    ),
    "log_events: none": ("log_events", {"display logbuffer": "empty"}, []),
    "patches: active but not committed does not survive a restart": (
        "patches",
        {ACTIVE: "irf_with_hot_patch", COMMITTED: "irf_with_hot_patch", VERSION: "irf_with_patch"},
        [
            {"name": "s6520x-cmw710-system-patch-r6616p01h03.bin", "location": "slot 1"}
            | {"state": "active, committed", "effective": True},
            {"name": "s6520x-cmw710-system-patch-r6616p01h03.bin", "location": "slot 2"}
            | {"state": "active", "effective": False},
        ],
    ),
    "patches: none": ("patches", {ACTIVE: "device", COMMITTED: "device", VERSION: "hpe_router_like"}, []),
    "patches: known by the number at the end": (
        "patches",
        {ACTIVE: "device", COMMITTED: "chassis", VERSION: "hpe_router_like"},
        [
            {"name": "feature-a0301h07.bin", "location": "chassis 2 slot 1"}
            | {"state": "committed", "effective": False},
        ],
    ),
    "startup": (
        "startup",
        {"display startup": "saved", "display boot-loader": "two_slots"},
        {
            "image_current": "flash:/s5560x_ei-cmw710-boot-r6615p08.bin, "
            "flash:/s5560x_ei-cmw710-system-r6615p08.bin",
            "image_next": "flash:/s5560x_ei-cmw710-boot-r6616.bin, flash:/s5560x_ei-cmw710-system-r6616.bin",
            "config_current": "flash:/night.cfg",
            "config_next": "flash:/startup.cfg",
        },
    ),
    "startup: the next file was deleted": (
        "startup",
        {"display startup": "next_file_deleted", "display boot-loader": "two_slots"},
        {
            "image_current": "flash:/s5560x_ei-cmw710-boot-r6615p08.bin, "
            "flash:/s5560x_ei-cmw710-system-r6615p08.bin",
            "image_next": "flash:/s5560x_ei-cmw710-boot-r6616.bin, flash:/s5560x_ei-cmw710-system-r6616.bin",
            "config_current": "flash:/startup.cfg",
        },
    ),
    "licenses": (
        "licenses",
        {"display license": "keys_and_files"},
        [
            {"feature": "vxlan", "state": "In use", "type": "Trial (days restricted)"}
            | {"expires_on": "2026-03-25"},
            {"feature": "EVPN VXLAN", "state": "In use", "type": "Permanent"},
        ],
    ),
    "licenses: none": ("licenses", {"display license": ""}, []),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: Case) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


@pytest.mark.parametrize(
    ("text", "offset_h", "is_aware"),
    [
        ("named_utc_but_ahead", 8, True),
        ("utc", 0, True),
        ("zone_behind_in_summer", -4, True),
        ("04:05:06 BJ Sun 03/01/2026\n", 0, False),
    ],
)
def test_clock_knows_its_offset(text: str, offset_h: int, is_aware: bool) -> None:
    found = read("clock", {"display clock": text})
    assert isinstance(found, Known)
    offset = found.value.device_time.utcoffset()
    assert offset == (timedelta(hours=offset_h) if is_aware else None)


CANNOT_BE: dict[str, tuple[str, dict[str, str], str]] = {
    "the clock follows SNTP": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured(" sntp enable\n")},
        "SNTP",
    ),
    "the clock follows PTP": (
        "ntp",
        {NTP: "unsynchronized", SESSIONS: "none", RUNNING: configured(" clock protocol ptp\n")},
        "PTP",
    ),
    "log buffer is off": ("log_events", {"display logbuffer": "off"}, "disabled"),
    "a day that does not exist": (
        "log_events",
        {"display logbuffer": fixture("display logbuffer", "messages").replace("Feb 28", "Feb 30")},
        "Feb 30",
    ),
    "a zone of neither kind": (
        "clock",
        {"display clock": "08:05:06 CST Mon 03/02/2026\nTime Zone : BJ add 08:00:00\n"},
        "CST",
    ),
    "a patch is said to run, but no package is one": (
        "patches",
        {ACTIVE: "device", COMMITTED: "device", VERSION: "irf_with_patch"},
        "6616P01H03",
    ),
    "a licence without an end that has one": (
        "licenses",
        {"display license": "Feature: x\nLicense Type: Date restricted\nCurrent State: In use\n"},
        "Date restricted",
    ),
}


@pytest.mark.parametrize("case", CANNOT_BE.values(), ids=CANNOT_BE.keys())
def test_what_cannot_be_is_unknown(case: tuple[str, dict[str, str], str]) -> None:
    fact, outputs, word = case
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail
