"""VRP8: boards, parts, processors, memory, temperatures, fans, power supplies."""

import pytest

from parsers.facts import Known
from tests.parsers.vrp8_outputs import VERSION, Case, check_known, check_unknown, fixture, read, slot

CASES: dict[str, Case] = {
    "boards of a box": (
        "boards",
        {"display device": fixture("display device", "box_faulty_fan")},
        tuple(
            {
                "location": slot(number),
                "kind": "fixed",
                "model": "CE6857-48S6CQ-EI",
                "present": True,
                "state": "Normal",
                "role": role,
            }
            for number, role in (("1", "master"), ("2", "standby"))
        ),
    ),
    "inventory by elabel": (
        "inventory",
        {"display device elabel brief": fixture("display device elabel brief", "box")},
        (
            {
                "location": slot("1"),
                "kind": "chassis",
                "model": "CE6881-48S6CQ",
                "serial": "DEMO0000HW8V0001",
            },
            {
                "location": slot("1", "PWR1"),
                "kind": "power",
                "model": "PAC600S12-CB",
                "serial": "DEMO0000HW8V00P1",
            },
        ),
    ),
    "cpu": (
        "cpu",
        {"display cpu": fixture("display cpu", "v200r019")},
        (
            {"unit": "CPU", "used_5m_pct": 9.0, "used_now_pct": 12.0}
            | {"peak_pct": 74.0, "peak_at": "2024-02-22 00:02:24 642 ms"},
        ),
    ),
    "cpu of two slots": (
        "cpu",
        {"display cpu-usage": fixture("display cpu-usage", "v300_two_slots")},
        (
            {"unit": "Slot 1 CPU 0", "used_5m_pct": 37.0, "used_now_pct": 31.0}
            | {"peak_pct": 91.0, "peak_at": "2024-12-06 17:05:50 521 ms"},
            {"unit": "Slot 2 CPU 0", "used_5m_pct": 89.0, "used_now_pct": 92.0},
        ),
    ),
    "memory in bytes": (
        "memory",
        {"display memory": fixture("display memory", "v200r019")},
        (
            {"unit": "memory", "used_pct": 20.0, "total_bytes": 3884224 * 1024, "state": "Non-overload"}
            | {"used_bytes": 784552 * 1024},
        ),
    ),
    "temperatures": (
        "temperatures",
        {"display device temperature all": fixture("display device temperature all", "two_members")},
        (
            {
                "location": slot("1"),
                "sensor": "LSW",
                "celsius": 49.0,
                "warn_c": 110.0,
                "alarm_c": 115.0,
                "state": "NORMAL",
            },
            {
                "location": slot("2"),
                "sensor": "LSW",
                "celsius": 116.0,
                "warn_c": 110.0,
                "alarm_c": 115.0,
                "state": "FATAL",
            },
            {
                "location": slot("2"),
                "sensor": "Outlet-1(LSW)",
                "celsius": -4.0,
                "warn_c": 58.0,
                "state": "NORMAL",
            },
        ),
    ),
    "temperatures of power supplies, which have no limits": (
        "temperatures",
        {"display device temperature": fixture("display device temperature", "power_supplies")},
        (
            {"location": slot("3"), "sensor": "TEMP1", "celsius": 41.0, "warn_c": 75.0, "alarm_c": 86.0}
            | {"state": "Normal"},
            {"location": slot("3"), "sensor": "TEMP2", "celsius": 80.0, "warn_c": 79.0, "alarm_c": 90.0}
            | {"state": "Major"},
            {"location": slot("PWR1"), "sensor": "1", "celsius": 39.0},
            {"location": slot("PWR1"), "sensor": "2", "celsius": 23.0},
            {"location": slot("PWR4"), "sensor": "1", "celsius": 37.0},
        ),
    ),
    "a member that is configured and not there": (
        "boards",
        {"display device": fixture("display device", "configured_and_offline")},
        (
            {"location": slot("1"), "kind": "fixed", "model": "CE6851-48S6Q-HI", "present": True}
            | {"state": "Normal", "role": "master"},
            {"location": slot("3"), "kind": "fixed", "model": "CE6851-48S6Q-HI", "present": True}
            | {"state": "Unregistered", "role": "none"},
        ),
    ),
    "temperatures of V300": (
        "temperatures",
        {"display device temperature": fixture("display device temperature", "v300_without_fans")},
        (
            {
                "location": slot("1"),
                "sensor": "TEMP_0",
                "celsius": 44.0,
                "warn_c": 75.0,
                "alarm_c": 85.0,
                "state": "Normal",
            },
        ),
    ),
    "fans": (
        "fans",
        {"display device fan": fixture("display device fan", "v300_one_absent")},
        (
            {"location": slot("1"), "name": "FAN1", "present": True, "state": "Normal", "speed_pct": 43.0}
            | {"airflow": "front-to-back"},
            {"location": slot("1"), "name": "FAN2", "present": False, "state": "--"},
            {"location": slot("1"), "name": "FAN3", "present": True, "state": "Normal", "speed_pct": 42.0}
            | {"airflow": "front-to-back"},
        ),
    ),
    "power supplies": (
        "power_supplies",
        {"display device power": fixture("display device power", "v200r019_one_without_input")},
        (
            {"location": slot("1"), "name": "PWR1", "present": True, "state": "Supply", "output_w": 92.0}
            | {"capacity_w": 600.0, "airflow": "front-to-back"},
            {"location": slot("1"), "name": "PWR2", "present": True, "state": "NotSupply", "output_w": 0.0}
            | {"capacity_w": 600.0, "airflow": "front-to-back"},
        ),
    ),
}

CASES |= {"a data centre switch feeds nobody": ("poe", {"display version": VERSION}, ())}

UNREADABLE: dict[str, Case] = {
    "a campus switch may feed others": (
        "poe",
        {"display version": VERSION.replace("HUAWEI CE6857-48S6CQ-EI", "HUAWEI CloudEngine S5735-S-V2")},
        "may feed others",
    ),
    "no boards": ("boards", {"display device": ""}, "nothing was recognised"),
    "no fans": ("fans", {"display device fan": "fan module:\n"}, "nothing was recognised"),
    "no power": ("power_supplies", {"display device power": ""}, "nothing was recognised"),
    "sensor without a reading": (
        "temperatures",
        {
            "display device temperature all": fixture("display device temperature all", "box").replace(
                "          97", "          --"
            )
        },
        "no reading",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_fact_is_known_with_its_values(case: Case) -> None:
    check_known(case)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_unknown(case: Case) -> None:
    check_unknown(case)


def test_parts_of_a_chassis_are_told_apart() -> None:
    boards = read({"display device": fixture("display device", "chassis")}).boards
    assert isinstance(boards, Known)
    assert [(str(b.location), b.kind, b.state, b.role) for b in boards.value] == [
        ("slot 1", "lpu", "Normal", "none"),
        ("slot 1/1", "subcard", "Normal", "none"),
        ("slot 2", "other", "Unregistered", "none"),
        ("slot 5", "mpu", "Normal", "master"),
        ("slot 6", "mpu", "Normal", "standby"),
        ("slot 7", "other", "Normal", "master"),
        ("slot 9", "fabric", "Abnormal", "none"),
    ]
    parts = read(
        {"display device manufacture-info": fixture("display device manufacture-info", "chassis")}
    ).inventory
    assert isinstance(parts, Known)
    assert [(str(m.location), m.kind, m.serial, m.made_on) for m in parts.value] == [
        ("slot backplane", "chassis", "DEMO0000HW8C0001", "2019-01-07"),
        ("slot 1", "board", "DEMO0000HW8C0101", "2019-02-08"),
        ("slot 1 port 1", "board", "DEMO0000HW8C0102", "2019-02-09"),
        ("slot PWR1", "power", "DEMO0000HW8C0P01", "2019-03-01"),
    ]


def test_evidence_names_the_lines_of_one_object() -> None:
    fans = read({"display device fan": fixture("display device fan", "v200r019_one_stopped")}).fans
    assert isinstance(fans, Known)
    stopped = fans.value[1]
    assert (stopped.name, stopped.state, stopped.speed_pct) == ("FAN2", "Abnormal", 0.0)
    # The slot stands in the line of the first fan.
    assert stopped.seen.lines == (5, 10)
