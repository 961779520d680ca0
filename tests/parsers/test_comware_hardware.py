"""Comware 7, the device and its hardware: from our fixtures to the values of each fact."""

from typing import Any

import pytest

from parsers.facts import Known, Reason, Unknown
from tests.parsers.comware_outputs import RUNNING, configured, fixture, plain, read

VERSION = "display version"
BOARDS = "display device"
MANUINFO = "display device manuinfo"
MADE = "display transceiver manuinfo interface"

Case = tuple[str, dict[str, str], Any]

CASES: dict[str, Case] = {
    "identity": (
        "identity",
        {VERSION: "irf_with_patch", RUNNING: configured()},
        {"hostname": "core-a", "model": "S6520X-30QC-EI"},
    ),
    "software": (
        "software",
        {VERSION: "irf_with_patch"},
        {"os": "Comware", "version": "Release 6616P01", "platform_version": "7.1.070"},
    ),
    "uptime": (
        "uptime",
        {VERSION: "irf_with_patch"},
        {"uptime_s": 9 * 604800 + 86400 + 180, "reset_reason": "USER reboot"},
    ),
    "boards, a model wrapped onto the next line": (
        "boards",
        {BOARDS: "long_names_wrap"},
        [
            {"location": f"slot {slot}", "kind": "fixed", "present": True, "model": model}
            | {"state": state, "role": state.lower(), "software_version": version}
            for slot, model, state, version in (
                (1, "S5130S-52S-HPWR-EI", "Master", "S5130S_EI-6340P12"),
                (2, "S5560X-54C-PWR-EI-G", "Standby", "S5560X_EI-6615P05123"),
                (4, "S5130S-28P-EI", "Standby", "S5130S_EI-6340P12345"),
            )
        ],
    ),
    "boards with a patch": (
        "boards",
        {BOARDS: "irf_of_boxes"},
        [
            {"location": "slot 1", "kind": "fixed", "model": "S6520X-30QC-EI", "present": True}
            | {"state": "Master", "role": "master", "software_version": "S6520X-6616P01 H03"},
            {"location": "slot 2", "kind": "fixed", "model": "S6520X-54QC-EI", "present": True}
            | {"state": "Standby", "role": "standby", "software_version": "S6520X-6616P01"},
            {"location": "slot 3", "kind": "fixed", "model": "S6520X-54QC-EI", "present": True}
            | {"state": "Loading", "role": "none", "software_version": "S6520X-6616P01"},
        ],
    ),
    "boards of chassis": (
        "boards",
        {BOARDS: "chassis_irf"},
        [
            {"location": "chassis 1 slot 0", "kind": "mpu", "model": "LSQM2MPUD0", "present": True}
            | {"state": "Master", "role": "master", "software_version": "S7506E-7536"},
            {"location": "chassis 1 slot 1", "kind": "lpu", "present": False, "state": "Absent"}
            | {"role": "none"},
            {"location": "chassis 1 slot 2", "kind": "lpu", "model": "LSQM1GT48SC", "present": True}
            | {"state": "Normal", "role": "none", "software_version": "S7506E-7536"},
            {"location": "chassis 2 slot 0", "kind": "mpu", "model": "LSQM2MPUD0", "present": True}
            | {"state": "Standby", "role": "standby", "software_version": "S7506E-7536"},
            {"location": "chassis 2 slot 3", "kind": "lpu", "model": "LSQM1TGS16S", "present": True}
            | {"state": "Fault", "role": "none", "software_version": "S7506E-7536"},
        ],
    ),
    "boards and subcards": (
        "boards",
        {BOARDS: "subslots_of_boxes"},
        [
            {"location": "slot 1", "kind": "fixed", "present": True, "state": "Normal", "role": "none"},
            {"location": "slot 1/2", "kind": "subcard", "model": "4*10GE", "present": True}
            | {"state": "Normal", "role": "none"},
            {"location": "slot 3", "kind": "fixed", "present": True, "state": "Fault", "role": "none"},
        ],
    ),
    "inventory with optics": (
        "inventory",
        {MANUINFO: "irf_with_fans_and_power", MADE: "some"},
        [
            {"location": "slot 1", "kind": "chassis", "model": "S5560X-54C-EI"}
            | {"serial": "DEMO0000H3C0101", "made_on": "2019-03-08"},
            {"location": "slot 1", "kind": "power", "model": "LSPM2150A"}
            | {"serial": "DEMO0000H3C0102", "made_on": "2019-02-01"},
            {"location": "slot 2", "kind": "chassis", "model": "S5560X-30C-EI"}
            | {"serial": "DEMO0000H3C0103", "made_on": "2019-03-09"},
            {"location": "port Ten-GigabitEthernet1/0/9", "kind": "optic"}
            | {"serial": "DEMO00OPT109", "made_on": "2020-02-28"},
        ],
    ),
    "inventory: a chassis' fans belong to no board; NONE is no serial number": (
        "inventory",
        {MANUINFO: fixture(MANUINFO, "chassis").replace("DEMO0000H3C0202", "NONE")},
        [
            {"location": "chassis 1", "kind": "chassis", "model": "LS-10506-X"}
            | {"serial": "DEMO0000H3C0201", "made_on": "2018-07-13"},
            {"location": "chassis 1", "kind": "fan", "model": "LSEM1FAN"}
            | {"serial": "DEMO0000H3C0203", "made_on": "2018-05-14"},
            {"location": "chassis 2", "kind": "chassis", "model": "LS-10506-X"}
            | {"serial": "DEMO0000H3C0204", "made_on": "2018-07-13"},
            {"location": "chassis 2", "kind": "power", "model": "LSEM1PSR"}
            | {"serial": "DEMO0000H3C0205", "made_on": "2018-04-01"},
        ],
    ),
    "cpu": (
        "cpu",
        {"display cpu-usage": "slots_without_cpu"},
        [
            {"unit": "Slot 1", "used_5m_pct": 10.0, "used_now_pct": 21.0},
            {"unit": "Slot 1 CPU 1", "used_5m_pct": 3.0, "used_now_pct": 2.0},
        ],
    ),
    "cpu without a name": (
        "cpu",
        {"display cpu-usage": "unit"},
        [{"unit": "CPU", "used_5m_pct": 12.0, "used_now_pct": 11.0}],
    ),
    "memory: FreeRatio is what is free": (
        "memory",
        {"display memory": "two_slots"},
        [
            {"unit": "Slot 1", "used_pct": 45.5, "total_bytes": 2002888 * 1024}
            | {"used_bytes": 911416 * 1024, "free_bytes": 1091472 * 1024},
            {"unit": "Slot 2", "used_pct": 85.0, "total_bytes": 2002888 * 1024}
            | {"used_bytes": 1702454 * 1024, "free_bytes": 300434 * 1024},
        ],
    ),
    "memory: Used Rate is what is used": (
        "memory",
        {"display memory": "used_rate"},
        [{"unit": "Memory", "used_pct": 42.0, "total_bytes": 491817120, "used_bytes": 210703796}],
    ),
    "temperatures": (
        "temperatures",
        {"display environment": "chassis"},
        [
            {"location": where, "sensor": sensor, "celsius": now, "warn_c": warn, "alarm_c": alarm}
            for where, sensor, now, warn, alarm in (
                ("chassis 1 slot Vent", "outflow 1", 37.0, 42.0, 51.0),
                ("chassis 2 slot 0", "inflow 1", 26.0, 52.0, 71.0),
                ("chassis 2 slot 4", "hotspot 1", 41.0, 52.0, 81.0),
            )
        ],
    ),
    "fans": (
        "fans",
        {"display fan": "slots_with_airflow"},
        [
            {"location": "slot 1", "name": "Fan 1", "present": True, "state": "Normal"}
            | {"airflow": "port-to-power"},
            {"location": "slot 1", "name": "Fan 2", "present": True, "state": "FanDirectionFault"}
            | {"airflow": "power-to-port"},
            {"location": "slot 2", "name": "Fan 1", "present": False, "state": "Absent"},
        ],
    ),
    "fan frames": (
        "fans",
        {"display fan": "frames_of_a_chassis"},
        [
            {"location": "chassis 1", "name": "Fan Frame 0", "present": True, "state": "Normal"},
            {"location": "chassis 1", "name": "Fan Frame 1", "present": False, "state": "Absent"},
        ],
    ),
    "fan trays": (
        "fans",
        {"display fan": "trays_of_boxes"},
        [
            {"location": "slot 1", "name": "Fan-tray 1", "present": True, "state": "Normal"},
            {"location": "slot 1", "name": "Fan-tray 1 Fan 1", "present": True, "state": "Normal"},
            {"location": "slot 1", "name": "Fan-tray 1 Fan 2", "present": True, "state": "Fault"},
            {"location": "slot 2", "name": "Fan-tray 1", "present": True, "state": "Normal"},
        ],
    ),
    "fans of some members": (
        "fans",
        {"display fan": "some_members_without_fans"},
        [
            {"location": "slot 2", "name": "Fan 1", "present": True, "state": "Normal"},
            {"location": "slot 2", "name": "Fan 2", "present": True, "state": "Fault"},
        ],
    ),
    "no member with fans": ("fans", {"display fan": "Slot 1:\n Fan-less\n"}, []),
    "power supplies": (
        "power_supplies",
        {"display power": "table_with_fan_direction"},
        [
            {"location": "slot 1", "name": "Power 1", "present": True, "state": "Normal", "output_w": 462.0}
            | {"airflow": "port-to-power"},
            {"location": "slot 1", "name": "Power 2", "present": False, "state": "Absent"},
            {"location": "slot 2", "name": "Power 1", "present": True, "state": "Normal"}
            | {"airflow": "port-to-power"},
        ],
    ),
    "power supplies of a box without slots": (
        "power_supplies",
        {"display power": "index_table"},
        [
            {"location": "", "name": "PWR1", "present": True, "state": "normal"},
            {"location": "", "name": "PWR2", "present": True, "state": "fail"},
            {"location": "", "name": "PWR3", "present": False, "state": "not present"},
        ],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_has_this_value(case: Case) -> None:
    fact, outputs, expected = case
    found = read(fact, outputs)
    assert isinstance(found, Known), found
    assert plain(found.value) == expected


CANNOT_BE: dict[str, tuple[str, dict[str, str], str]] = {
    "no host name": (
        "identity",
        {VERSION: "irf_with_patch", RUNNING: configured().replace("sysname", "name")},
        "sysname",
    ),
    "an empty table": ("boards", {BOARDS: ""}, "nothing in it"),
    "no processor": ("cpu", {"display cpu-usage": ""}, "nothing in it"),
    "no fan": ("fans", {"display fan": "Slot 1:\n"}, "nothing in it"),
    "a fan without state": (
        "fans",
        {"display fan": "Slot 1:\n Fan 1:\n Fan 2:\n State    : Normal\n"},
        "no STATE",
    ),
    "a last fan without state": (
        "fans",
        {"display fan": "Slot 1:\n Fan 1:\n State    : Normal\n Fan 2:\n"},
        "no STATE",
    ),
}


@pytest.mark.parametrize("case", CANNOT_BE.values(), ids=CANNOT_BE.keys())
def test_what_cannot_be_is_unknown(case: tuple[str, dict[str, str], str]) -> None:
    fact, outputs, word = case
    found = read(fact, outputs)
    assert isinstance(found, Unknown)
    assert found.reason is Reason.UNPARSED
    assert word in found.detail
