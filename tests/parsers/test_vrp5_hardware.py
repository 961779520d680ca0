"""VRP5: boards, serial numbers, processors, temperatures, fans, power."""

from typing import Any

import pytest

from tests.parsers.vrp5_outputs import Case, check_known, check_unknown, fixture

VERSION = {"display version": "box"}
CHASSIS = {"display version": "chassis"}


def box(location: str, state: str, role: str = "none", **more: str) -> dict[str, Any]:
    kind = more.pop("kind", "fixed")
    return {"location": location, "kind": kind, "present": True, "state": state, "role": role, **more}


CASES: dict[str, Case] = {
    "boards of a stack": (
        "boards",
        {"display version": "stack", "display device": "stack_with_cards"},
        (
            box("slot 0", "Normal", "master", model="S5720-36C-EI"),
            box("slot 0/1", "Normal", model="ES5D21X02S01", kind="subcard"),
            box("slot 1", "Normal", "standby", model="S5720-36C-EI", software_version="V200R022C00SPC500"),
            box("slot 1/1", "Unregistered", model="ES5D21X02S01", kind="subcard"),
            box("slot 2", "Abnormal", model="S5720-36C-EI", software_version="V200R021C10SPC600"),
        ),
    ),
    "boards of a chassis": (
        "boards",
        {**CHASSIS, "display device": "chassis"},
        (
            box("slot 1", "Normal", model="ES0DG48TFA00", kind="lpu"),
            box("slot 2", "Normal", model="ES0DSFUA0", kind="fabric"),
            box("slot 3", "Unregistered", kind="lpu"),
            box("slot 4", "Normal", "master", model="ES0D00MCUA00", kind="mpu"),
            box("slot 5", "Normal", "standby", model="ES0D00MCUA00", kind="mpu"),
            box("slot CMU1", "Normal", "master", model="EH1D200CMU00", kind="other"),
        ),
    ),
    "serial numbers of boxes": (
        "inventory",
        {"display device manufacture-info": "box", "display device": "stack_with_cards"},
        (
            {
                "location": "slot 0",
                "kind": "chassis",
                "model": "S5720-36C-EI",
                "serial": "DEMO00HWBOX0001",
                "made_on": "2019-10-30",
            },
            {
                "location": "slot 1",
                "kind": "chassis",
                "model": "S5720-36C-EI",
                "serial": "DEMO00HWBOX0002",
                "made_on": "2019-11-02",
            },
        ),
    ),
    "serial numbers of a chassis": (
        "inventory",
        {"display device manufacture-info": "chassis", "display device": "chassis"},
        (
            {
                "location": "slot backplane",
                "kind": "chassis",
                "serial": "DEMO00HWCHASSIS01",
                "made_on": "2018-11-10",
            },
            {
                "location": "slot 1",
                "kind": "board",
                "model": "ES0DG48TFA00",
                "serial": "DEMO00HWBOARD0001",
                "made_on": "2018-11-22",
            },
            {
                "location": "slot 4",
                "kind": "board",
                "model": "ES0D00MCUA00",
                "serial": "DEMO00HWBOARD0004",
                "made_on": "2018-09-30",
            },
        ),
    ),
    "serial numbers with types": (
        "inventory",
        {"display device manufacture-info": "with_types", "display device": "oldest"},
        (
            {
                "location": "slot 1",
                "kind": "chassis",
                "model": "S5735-L24T4X-A1",
                "serial": "DEMO00HWBOX0011",
                "made_on": "2021-12-13",
            },
            {
                "location": "slot 1 port FAN1",
                "kind": "fan",
                "model": "FAN-031A-B",
                "serial": "DEMO00HWFAN0011",
                "made_on": "2021-12-07",
            },
            {
                "location": "slot 1 port PWR1",
                "kind": "power",
                "model": "PAC150S12-R",
                "serial": "DEMO00HWPWR0011",
            },
        ),
    ),
    "serial numbers by ESN": (
        "inventory",
        {"display esn": "stack", "display device": "oldest"},
        (
            {"location": "slot 1", "kind": "chassis", "serial": "DEMO00HWESN0001"},
            {"location": "slot 2", "kind": "chassis", "serial": "DEMO00HWESN0002"},
        ),
    ),
    "CPU of a box": (
        "cpu",
        {**VERSION, "display cpu-usage": "campus"},
        (
            {"unit": "Slot 0", "used_5m_pct": 9.0, "used_now_pct": 12.0}
            | {"peak_pct": 71.0, "peak_at": "2026-05-12 10:16:43"},
        ),
    ),
    "CPU of a chassis": (
        "cpu",
        {**CHASSIS, "display cpu-usage": "services"},
        (
            {"unit": "Slot 4", "used_5m_pct": 63.0, "used_now_pct": 26.0}
            | {"peak_pct": 98.0, "peak_at": "2025-09-10 21:15:05 763 ms"},
        ),
    ),
    "CPU by planes": (
        "cpu",
        {**VERSION, "display cpu-usage": "planes"},
        (
            {"unit": "Slot 0 Control Plane", "used_5m_pct": 17.0, "used_now_pct": 21.5, "peak_pct": 47.0},
            {"unit": "Slot 0 Data Plane", "used_5m_pct": 0.2, "used_now_pct": 0.5, "peak_pct": 18.5},
        ),
    ),
    "CPU in bare lines": (
        "cpu",
        {**VERSION, "display cpu-usage": "bare"},
        ({"unit": "Slot 0", "used_5m_pct": 31.0, "used_now_pct": 71.0},),
    ),
    "memory in bytes": (
        "memory",
        {**VERSION, "display memory-usage": "bytes"},
        ({"unit": "Slot 0", "used_pct": 32.0, "total_bytes": 354418688, "used_bytes": 113413980},),
    ),
    "memory in kilobytes": (
        "memory",
        {**VERSION, "display memory-usage": "kbytes"},
        ({"unit": "Slot 0", "used_pct": 41.0, "total_bytes": 2025148 * 1024, "used_bytes": 830310 * 1024},),
    ),
    "memory as a rate": (
        "memory",
        {**VERSION, "display memory-usage": "rate"},
        ({"unit": "Slot 0", "used_pct": 63.0, "total_bytes": 7848192, "used_bytes": 4944360},),
    ),
    "temperatures": (
        "temperatures",
        {"display temperature all": "stack"},
        (
            {"location": "slot 0", "sensor": "0", "celsius": -2.0, "alarm_c": 65.0, "state": "Normal"},
            {"location": "slot 1", "sensor": "1", "celsius": 68.0, "alarm_c": 65.0, "state": "Abnormal"},
            {"location": "slot 1/1", "sensor": "2", "celsius": 40.0, "state": "Normal"},
        ),
    ),
    "temperature of old releases": (
        "temperatures",
        {"display environment": "box"},
        ({"location": "slot 0", "sensor": "0", "celsius": 44.0, "alarm_c": 90.0},),
    ),
    "fans": (
        "fans",
        {"display fan": "table"},
        (
            {"location": "slot 0", "name": "FAN1", "present": True, "state": "Normal", "speed_pct": 50.0}
            | {"airflow": "side-to-back"},
            {"location": "slot 0", "name": "FAN2", "present": True, "state": "Abnormal", "speed_pct": 0.0}
            | {"airflow": "side-to-back"},
            {"location": "slot 1", "name": "FAN1", "present": False, "state": "Absent"},
        ),
    ),
    "fans in sentences": (
        "fans",
        {"display fan": "sentence"},
        (
            {"location": "slot 0", "name": "FAN0", "present": True, "state": "normal"},
            {"location": "slot 0", "name": "FAN1", "present": True, "state": "abnormal"},
        ),
    ),
    "cpu where no unit is listed": (
        "cpu",
        {"display version": "no_unit", "display cpu-usage": "bare"},
        ({"unit": "CPU", "used_5m_pct": 31.0, "used_now_pct": 71.0},),
    ),
    "memory where no unit is listed": (
        "memory",
        {"display version": "no_unit", "display memory-usage": "kbytes"},
        ({"unit": "memory", "used_pct": 41.0, "total_bytes": 2025148 * 1024, "used_bytes": 830310 * 1024},),
    ),
    "fan trays of a chassis": (
        "fans",
        {"display fan": "chassis_trays"},
        (
            {"name": "FAN1", "present": True, "state": "Registered", "speed_pct": 55.0}
            | {"airflow": "side-to-back"},
            {"name": "FAN2", "present": False, "state": "Absent"},
        ),
    ),
    "no supplies of its own": ("power_supplies", {"display power": "built_in"}, ()),
    "no sensor": ("temperatures", {"display temperature all": "no_sensor"}, ()),
    "no fans": ("fans", {"display fan": "fanless"}, ()),
    "power of boxes": (
        "power_supplies",
        {"display power": "box"},
        (
            {"location": "slot 0", "name": "PWR1", "present": True, "state": "Supply", "capacity_w": 150.0},
            {"location": "slot 0", "name": "PWR2", "present": False, "state": "Absent"},
            {
                "location": "slot 1",
                "name": "PWR1",
                "present": True,
                "state": "NotSupply",
                "capacity_w": 150.0,
            },
        ),
    ),
    "power of a chassis": (
        "power_supplies",
        {"display power": "chassis"},
        (
            {"name": "PWR1", "present": True, "state": "Supply", "output_w": 105.89},
            {"name": "PWR2", "present": True, "state": "Fault", "output_w": 0.0},
            {"name": "PWR3", "present": False, "state": "Absent"},
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_fact_is_read_from_what_the_device_prints(name: str) -> None:
    check_known(CASES[name])


UNREADABLE: dict[str, Case] = {
    "no master": (
        "cpu",
        {
            "display version": fixture("display version", "box").replace("(Master)", ""),
            "display cpu-usage": "campus",
        },
        "master",
    ),
    "no fan and no word of it": ("fans", {"display fan": ""}, "nothing was recognised"),
    "no sensor and no word of it": (
        "temperatures",
        {"display temperature all": ""},
        "nothing was recognised",
    ),
    "no supply": ("power_supplies", {"display power": ""}, "nothing was recognised"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_unknown_with_its_reason(name: str) -> None:
    check_unknown(UNREADABLE[name])
