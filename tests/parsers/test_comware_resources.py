"""Comware 7: storage, alarms, processes, power over Ethernet, hardware tables, boot loaders."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, plain, read

ALARMS, PROCESSES, CRASHES = "display alarm", "display process cpu", "display exception context"
TESTS = "display diagnostic result verbose"
POE, TABLES, VERSION = "display poe interface", "display qos-acl resource", "display version"
POE_ON = configured("interface GigabitEthernet1/0/1\n poe enable\n")

CASES: dict[str, tuple[str, dict[str, str], Any]] = {
    "storage": (
        "filesystems",
        {"dir": "files_and_a_folder"},
        [
            {"location": "", "name": "flash:", "total_bytes": 536870912, "free_bytes": 374059008}
            | {"kind": "flash"}
        ],
    ),
    "storage that is full": (
        "filesystems",
        {"dir": "older_header"},
        [{"location": "", "name": "cfa0:", "total_bytes": 257949696, "free_bytes": 0} | {"kind": "flash"}],
    ),
    "files": (
        "files",
        {"dir": "files_and_a_folder"},
        [
            {"name": "flash:/boot one.bin", "size_bytes": 56320},
            {"name": "flash:/.trash.ini", "size_bytes": 216},
        ],
    ),
    "a file named like the sums": (
        "files",
        {"dir": "older_header"},
        [{"name": "cfa0:/total", "size_bytes": 1494}],
    ),
    "alarms": (
        "alarms",
        {ALARMS: "boxes"},
        [
            {"name": "Slot 2: faulty", "severity": "major"},
            {"name": "Slot 3: The temperature of sensor 3 exceeds the lower limit.", "severity": "warning"},
        ],
    ),
    "alarms of chassis": (
        "alarms",
        {ALARMS: "chassis"},
        [
            {"name": "Chassis 1 Slot 6: Fan 2 is absent.", "severity": "major"},
            {"name": "Chassis 2 Slot 3: Power 1 was inserted.", "severity": "minor"},
        ],
    ),
    "self-tests": (
        "diagnostics",
        {TESTS: "two_members"},
        [
            {"location": "slot 1", "name": "HGMonitor", "result": "Success", "runs": 4187, "failures": 0},
            {"location": "slot 1", "name": "MemoryPattern", "result": "Success", "runs": 418, "failures": 2}
            | {"reason": "Failed to read the pattern back."},
            {"location": "slot 2", "name": "HGMonitor", "result": "Failure", "runs": 4190, "failures": 17}
            | {"reason": "Failed to send packets."},
        ],
    ),
    "self-tests of chassis, one of a second processor": (
        "diagnostics",
        {TESTS: "chassis"},
        [
            {
                "location": "chassis 1 slot 0",
                "name": "SystemMgmtBus",
                "result": "Success",
                "runs": 12,
                "failures": 0,
            },
            {
                "location": "chassis 1 slot 3",
                "name": "BoardSteady CPU 1",
                "result": "-NA-",
                "runs": 0,
                "failures": 0,
            },
        ],
    ),
    "self-tests of a switch without slots": (
        "diagnostics",
        {TESTS: "a_box_alone"},
        [
            {"location": "", "name": "HGMonitor", "result": "Success", "runs": 10, "failures": 0},
        ],
    ),
    "alarms without a place": (
        "alarms",
        {ALARMS: "chassis_without_processor"},
        [
            {"name": "Chassis 1 Slot 6: Fan 2 is absent.", "severity": "major"},
            {"name": "Power 2 is absent.", "severity": "minor"},
        ],
    ),
    "no alarms": ("alarms", {ALARMS: ""}, []),
    "processes": (
        "processes",
        {PROCESSES: "some"},
        [
            {"name": "scmd", "cpu_pct": 0.0},
            {"name": "[kthreadd]", "cpu_pct": 0.1},
            {"name": "snmpd", "cpu_pct": 4.7},
        ],
    ),
    "exceptions": (
        "crashes",
        {CRASHES: "two_on_x86"},
        [
            {"process": "routed", "time": "Fri Jan  9 17:14:30 2026"},
            {"process": "snmpd", "time": "Thu Jan  1 01:02:03 2026"},
        ],
    ),
    "no exceptions": ("crashes", {CRASHES: ""}, []),
    "power over Ethernet": (
        "poe",
        {RUNNING: POE_ON, POE: "some_ports"},
        [
            {
                "location": "",
                "budget_w": 180.0,
                "used_w": 4.4,
                "ports": [
                    {"interface": "GigabitEthernet1/0/1", "state": "Delivering Power", "power_w": 4.4},
                    {"interface": "GigabitEthernet1/0/2", "state": "Searching", "power_w": 0.0},
                    {"interface": "GigabitEthernet1/0/7", "state": "Fault", "power_w": 0.0},
                ],
            }
        ],
    ),
    "no power over Ethernet": ("poe", {RUNNING: configured()}, []),
    "hardware tables": (
        "hardware_resources",
        {TABLES: "two_slots"},
        [
            {
                "location": "slot 1",
                "pool": "VFP ACL (GE1/0/1 to GE1/0/24, XGE1/0/25)",
                "used": 0,
                "total": 1024,
            },
            {
                "location": "slot 1",
                "pool": "IFP ACL (GE1/0/1 to GE1/0/24, XGE1/0/25)",
                "used": 1036,
                "total": 4096,
            },
            {"location": "slot 2", "pool": "IFP ACL (GE2/0/1 to GE2/0/24)", "used": 1027, "total": 4096},
            {"location": "slot 2", "pool": "IFP Meter (GE2/0/1 to GE2/0/24)", "used": 512, "total": 2048},
        ],
    ),
    "boot loaders": (
        "boot",
        {VERSION: "irf_with_patch"},
        [
            {"location": "slot 1", "bootrom": "114", "cpld": "002, 001"},
            {"location": "slot 2", "bootrom": "114", "cpld": "002"},
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: tuple[str, dict[str, str], Any]) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


@pytest.mark.parametrize(
    ("fact", "outputs", "word"),
    [
        ("filesystems", {"dir": ""}, "nothing"),
        ("filesystems", {"dir": "Directory of flash:\n   0 -rw-  1 Jan 01 2011 00:05:29   a\n"}, "no total"),
        ("files", {"dir": "   0 -rw-        1 Jan 01 2011 00:05:29   a\n"}, "STORAGE"),
        ("alarms", {ALARMS: "Slot CPU Level   Info\n2    0   PANIC   faulty\n"}, "PANIC"),
        ("diagnostics", {TESTS: ""}, "printed nothing"),
        (
            "diagnostics",
            {TESTS: "  Test name                : A\n  Total run count          : 1\n"},
            "RESULT",
        ),
        ("processes", {PROCESSES: ""}, "nothing"),
        ("poe", {RUNNING: POE_ON, POE: ""}, "printed nothing"),
        (
            "poe",
            {RUNNING: POE_ON, POE: " GE1/0/1      Enabled   Low       4.4       On        1     Fault\n"},
            "no sums",
        ),
        ("hardware_resources", {TABLES: " IFP ACL   4096   1024  0  3072  25%\n"}, "PORTS"),
        ("boot", {VERSION: "hpe_router_like"}, "boot loader"),
    ],
)
def test_what_cannot_be_is_unknown(fact: str, outputs: dict[str, str], word: str) -> None:
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail
