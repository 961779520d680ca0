"""VRP8: storage, alarms, processes, table resources, boot versions, sessions."""

import pytest

from parsers.facts import Location, Reason, Unknown
from tests.parsers.vrp8_outputs import Case, check_known, check_unknown, fixture, read, slot

LOAD = fixture("display cpu", "v200r019")

CASES: dict[str, Case] = {
    "storage": (
        "filesystems",
        {"dir": fixture("dir", "flash")},
        (
            {"location": Location(), "name": "flash:", "total_bytes": 3066089472, "free_bytes": 820903936}
            | {"kind": "flash"},
        ),
    ),
    "files": (
        "files",
        {"dir": fixture("dir", "flash")},
        (
            {"name": "flash:/CE6857EI-V200R019C10SPC800.cc", "size_bytes": 572847476},
            {"name": "flash:/device.sys", "size_bytes": 34505},
            {"name": "flash:/notes of demo.txt", "size_bytes": 1204},
        ),
    ),
    "alarms by number": (
        "alarms",
        {"display alarm active": fixture("display alarm active", "levels_by_number")},
        (
            {
                "name": "0xF101BB Traffic switched from the primary LSP to the hot-standby LSP."
                "(SessionTunnelId=1055, LocalLspId=0)",
                "severity": "major",
                "raised_at": "2024-02-03 12:25:17+05:30",
            },
            {
                "name": "0x813001D The fan module is invalid. (EntityPhysicalIndex=16846859, "
                "Reason=The fan speed is 0.)",
                "severity": "critical",
                "raised_at": "2024-01-02 20:53:26",
            },
        ),
    ),
    "alarms by word": (
        "alarms",
        {"display alarm active": fixture("display alarm active", "levels_by_word")},
        (
            {
                "name": "0xF102EE The number of available VTY channels is lower than the threshold."
                "(currentLoginVTYs=12, totalVTYs=15)",
                "severity": "minor",
                "raised_at": "2024-02-19 16:00:38",
            },
        ),
    ),
    "alarms with names": (
        "alarms",
        {"display alarm active verbose": fixture("display alarm active verbose", "two")},
        (
            {
                "name": "hwOpticalInvalid Optical Module is invalid. (EntPhysicalIndex=17043726, "
                "EntPhysicalName=100GE4/0/13, EntityTrapFaultID=136193, "
                "Reason=Output Optical Power Too High.)",
                "severity": "warning",
                "raised_at": "2024-04-29 11:58:59+03:00 DST",
            },
            {
                "name": "linkDown The interface status changes. (ifName=10GE1/0/2, AdminStatus=DOWN, "
                "OperStatus=DOWN, Reason=The interface is shut down.)",
                "severity": "major",
                "raised_at": "2024-01-18 13:27:43+08:00",
            },
        ),
    ),
    "nothing printed, no alarms": ("alarms", {"display alarm active verbose": "\n"}, ()),
    "boards of a chassis": (
        "boot",
        {
            "display version": fixture("display version", "ce12804_chassis")
            + "3.CPLD1    Version  : 105\n5.BIOS     Version  : 433\n"
        },
        ({"location": slot("2"), "bootrom": "433", "cpld": "CPLD1 105"},),
    ),
    "no alarms": ("alarms", {"display alarm active": fixture("display alarm active", "none")}, ()),
    "processes": (
        "processes",
        {"display cpu": LOAD},
        (
            {"name": "SYSTEM", "cpu_pct": 11.0},
            {"name": "IP STACK", "cpu_pct": 1.0},
            {"name": "LOCAL PKT", "cpu_pct": 0.0},
        ),
    ),
    "hardware tables": (
        "hardware_resources",
        {"display system tcam resource acl": fixture("display system tcam resource acl", "pipes")},
        (
            {
                "location": slot("1"),
                "pool": "chip 0 pipe 0 Internal Rules Ingress",
                "used": 596,
                "total": 30720,
            },
            {
                "location": slot("1"),
                "pool": "chip 0 pipe 2 External Rules Ingress",
                "used": 600,
                "total": 30720,
            },
            {"location": slot("1"), "pool": "chip 0 pipe 0 Internal Rules Egress", "used": 4, "total": 6144},
        ),
    ),
    "boot versions": (
        "boot",
        {"display version": fixture("display version", "ce6857_stack_v200r019")},
        ({"location": slot("1"), "bootrom": "386", "cpld": "CPLD1 102, CPLD2 102"},),
    ),
    "sessions": (
        "login_sessions",
        {"display users": fixture("display users", "notes")},
        (
            {"line": "CON 0", "user": "xjadmin", "idle_s": 58056},
            {"line": "VTY 0", "user": "demo_123", "address": "192.0.2.64", "idle_s": 86601},
            {"line": "VTY 3", "user": "xjread", "address": "2001:DB8::55", "idle_s": 0},
        ),
    ),
    "sessions with names below": (
        "login_sessions",
        {"display users": fixture("display users", "name_below")},
        (
            {"line": "VTY 0", "user": "xjread", "address": "192.0.2.67", "idle_s": 0},
            {"line": "VTY 1", "address": "192.0.2.91", "idle_s": 4836},
        ),
    ),
}

UNREADABLE: dict[str, Case] = {
    "storage without a total": (
        "filesystems",
        {"dir": fixture("dir", "flash").split("2,994")[0]},
        "total size",
    ),
    "files of an unknown storage": (
        "files",
        {"dir": fixture("dir", "flash").removeprefix("Directory of flash:/\n")},
        "which storage",
    ),
    "files": ("files", {"dir": ""}, "nothing"),
    "alarms": ("alarms", {"display alarm active": ""}, "no table"),
    "alarm without a severity": (
        "alarms",
        {
            "display alarm active verbose": fixture("display alarm active verbose", "one").replace(
                "AlarmType   : equipment             Severity  : Critical         State : active\n", ""
            )
        },
        "without a severity",
    ),
    "alarms out of their columns": (
        "alarms",
        {
            "display alarm active": fixture("display alarm active", "levels_by_word").replace(
                " " * 42 + "inVTYs", " " * 30 + "inVTYs"
            )
        },
        "out of its columns",
    ),
    "processes that V300 does not print": (
        "processes",
        {"display cpu": fixture("display cpu-usage", "v300_two_slots")},
        "no services",
    ),
    "hardware tables": ("hardware_resources", {"display system tcam resource acl": ""}, "nothing"),
    "boot versions": ("boot", {"display version": fixture("display version", "ce6881_v300")}, "no BIOS"),
    "sessions": ("login_sessions", {"display users": ""}, "our own"),
}


def test_services_that_later_releases_do_not_print_wait_for_the_older_command() -> None:
    facts = read({"display cpu-usage": fixture("display cpu-usage", "v300_two_slots")})
    assert isinstance(facts.processes, Unknown)
    assert (facts.processes.reason, facts.processes.detail) == (Reason.NOT_COLLECTED, "display cpu")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)
