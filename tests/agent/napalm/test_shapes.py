"""What NAPALM's shapes make of facts: one table of cases for each rule."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.napalm import hardware, ports, services
from agent.napalm.errors import FactUnknownError, OptionError
from parsers.facts import (
    BgpPeer,
    Fan,
    InterfaceAddress,
    LocalUser,
    Location,
    Memory,
    Optic,
    OpticLane,
    Route,
    Temperature,
)
from parsers.seen import Seen

SEEN = Seen("", "display x", ())
HERE = Location(slot="1")


def sensor(celsius: float, **what: Any) -> Temperature:
    return Temperature(seen=SEEN, location=HERE, sensor="CPU", celsius=celsius, **what)


SENSORS = {
    "below": (sensor(40, warn_c=60, alarm_c=70), (False, False)),
    "at the warning limit": (sensor(60, warn_c=60, alarm_c=70), (True, False)),
    "at the alarm limit": (sensor(70, warn_c=60, alarm_c=70), (True, True)),
    "one limit": (sensor(63, alarm_c=62), (True, True)),
    "only a warning limit": (sensor(63, warn_c=62), (True, False)),
    "the device's word alone": (sensor(40, state="Normal"), (False, False)),
    "a warning word within the limits": (sensor(40, warn_c=60, state="Minor"), (True, False)),
    "a bad word within the limits": (sensor(40, warn_c=60, alarm_c=70, state="Fatal"), (True, True)),
}


@pytest.mark.parametrize("case", SENSORS)
def test_temperature(case: str) -> None:
    row, (alert, critical) = SENSORS[case]
    (found,) = hardware.environment([], [], [row], [], [])["temperature"].items()
    assert found == (
        "slot 1 CPU",
        {"temperature": row.celsius, "is_alert": alert, "is_critical": critical},
    )


def fan(state: str, *, present: bool = True, name: str = "Fan 1") -> Fan:
    return Fan(seen=SEEN, location=HERE, name=name, present=present, state=state)


FANS = {
    "well": ([fan("Normal")], {"slot 1 Fan 1": {"status": True}}),
    "broken": ([fan("Abnormal")], {"slot 1 Fan 1": {"status": False}}),
    "an empty bay": (
        [fan("Absent", present=False), fan("Normal", name="Fan 2")],
        {"slot 1 Fan 2": {"status": True}},
    ),
}


@pytest.mark.parametrize("case", FANS)
def test_fans(case: str) -> None:
    rows, shown = FANS[case]
    assert hardware.environment(rows, [], [], [], [])["fans"] == shown


UNJUDGED = {
    "a word nobody knows": ([fan("Peculiar")], [], "'Peculiar', which no list knows"),
    "a sensor's word nobody knows": ([], [sensor(40, warn_c=60, state="Odd")], "'Odd', which no list knows"),
    "a sensor without limit or word": ([], [sensor(40)], "40 C, without limit or state word"),
    "two of one name": ([fan("Normal"), fan("Normal")], [], "both called 'slot 1 Fan 1'"),
}


@pytest.mark.parametrize("case", UNJUDGED)
def test_what_nobody_can_judge_is_an_error(case: str) -> None:
    fans, sensors, said = UNJUDGED[case]
    with pytest.raises(FactUnknownError, match=said):
        hardware.environment(fans, [], sensors, [], [])


def memory(used: int | None, total: int | None) -> Memory:
    return Memory(seen=SEEN, unit="Slot 1", used_pct=25, total_bytes=total, used_bytes=used)


MEMORIES = {
    "two members": ([memory(1000, 4000), memory(1000, 2000)], (6000, 2000)),
    "one without a size": ([memory(1000, 4000), memory(1000, None)], (-1, 2000)),
    "one that does not say what is used": ([memory(None, 4000), memory(1000, 2000)], (6000, -1)),
    "none": ([], (-1, -1)),
}


@pytest.mark.parametrize("case", MEMORIES)
def test_memory(case: str) -> None:
    rows, (available, used) = MEMORIES[case]
    shown = hardware.environment([], [], [], [], rows)["memory"]
    assert shown == {"available_ram": available, "used_ram": used}


def test_optics_by_lane() -> None:
    lanes = (
        OpticLane(lane=1, rx_power_dbm=-2.5, tx_power_dbm=-1.0, bias_ma=6.5),
        OpticLane(lane=2, rx_power_dbm=None, tx_power_dbm=None),
    )
    rows = [
        Optic(seen=SEEN, interface="100GE1/0/1", type=None, lanes=lanes),
        Optic(seen=SEEN, interface="10GE1/0/1", type=None),
    ]
    shown = hardware.optics(rows)
    first, second = shown["100GE1/0/1"]["physical_channels"]["channel"]
    none = {"instant": -100.0, "avg": -100.0, "min": -100.0, "max": -100.0}
    assert (first["index"], second["index"]) == (1, 2)
    assert first["state"] == {
        "input_power": {**none, "instant": -2.5},
        "output_power": {**none, "instant": -1.0},
        "laser_bias_current": {"instant": 6.5, "avg": -1.0, "min": -1.0, "max": -1.0},
    }
    assert second["state"]["input_power"] == none
    assert shown["10GE1/0/1"] == {"physical_channels": {"channel": []}}


MACS = {
    "0000-5e00-5301": "00:00:5E:00:53:01",
    "0000.5e00.53ab": "00:00:5E:00:53:AB",
    "00:00:5e:00:53:01": "00:00:5E:00:53:01",
    "INCOMPLETE": "",
    "Incomplete": "",
    "-": "",
    "0000-5e00": "",
}


@pytest.mark.parametrize("printed", MACS)
def test_mac_addresses(printed: str) -> None:
    assert ports.mac_address(printed) == MACS[printed]


@given(st.binary(min_size=6, max_size=6), st.sampled_from([("-", 4), (".", 4), (":", 2), ("-", 2), ("", 12)]))
def test_every_way_of_writing_a_mac_address_gives_the_same(octets: bytes, form: tuple[str, int]) -> None:
    sign, size = form
    digits = octets.hex()
    printed = sign.join(digits[i : i + size] for i in range(0, 12, size))
    assert ports.mac_address(printed) == octets.hex(":").upper()


def test_both_families_of_addresses() -> None:
    rows = [
        InterfaceAddress(seen=SEEN, interface="Vlanif10", address=address, prefix_length=length)
        for address, length in (("192.0.2.1", 24), ("198.51.100.1", 30), ("2001:db8::1", 64))
    ]
    assert ports.addresses(rows) == {
        "Vlanif10": {
            "ipv4": {"192.0.2.1": {"prefix_length": 24}, "198.51.100.1": {"prefix_length": 30}},
            "ipv6": {"2001:db8::1": {"prefix_length": 64}},
        }
    }


LEVELS: dict[str, tuple[dict[str, Any], int]] = {
    "a level": ({"level": 3, "roles": ("network-admin",)}, 3),
    "the highest of several roles": ({"roles": ("network-operator", "network-admin")}, 15),
    "a role that is a level": ({"roles": ("level-9",)}, 9),
    "a role of the customer's own": ({"roles": ("auditors",)}, -1),
    "nothing": ({}, -1),
}


@pytest.mark.parametrize("case", LEVELS)
def test_levels_of_users(case: str) -> None:
    what, level = LEVELS[case]
    assert services.users([LocalUser(seen=SEEN, name="x", **what)]) == {
        "x": {"level": level, "password": "", "sshkeys": []}
    }


@pytest.mark.parametrize(("printed", "number"), [("65001", 65001), ("1.10", 65546), ("0.65001", 65001)])
def test_as_numbers(printed: str, number: int) -> None:
    assert services.as_number(printed) == number


def test_bgp_peers_by_vrf() -> None:
    rows = [
        BgpPeer(seen=SEEN, address="192.0.2.1", remote_as="65001", state="ESTABLISHED", up_s=60, vrf="red"),
        BgpPeer(seen=SEEN, address="192.0.2.2", remote_as="65002", state="IDLE", admin_up=False),
    ]
    shown = services.bgp_neighbors(rows)
    assert list(shown) == ["global", "red"]
    up, down = shown["red"]["peers"]["192.0.2.1"], shown["global"]["peers"]["192.0.2.2"]
    assert (up["is_up"], up["is_enabled"], up["uptime"]) == (True, True, 60)
    assert (down["is_up"], down["is_enabled"], down["uptime"]) == (False, False, -1)


def route(prefix: str, protocol: str = "OSPF", vrf: str | None = None) -> Route:
    return Route(
        seen=SEEN, prefix=prefix, protocol=protocol, next_hop="198.51.100.1", interface="Vlanif1", vrf=vrf
    )


ROUTES = [
    route("0.0.0.0/0", "Static"),
    route("192.0.2.0/24"),
    route("192.0.2.128/25", "Direct"),
    route("192.0.2.0/24", vrf="red"),
    route("2001:db8::/32"),
]
DESTINATIONS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a prefix": ({"destination": "192.0.2.0/24"}, [("192.0.2.0/24", "global"), ("192.0.2.0/24", "red")]),
    "and all within": (
        {"destination": "192.0.2.0/24", "longer": True},
        [("192.0.2.0/24", "global"), ("192.0.2.0/24", "red"), ("192.0.2.128/25", "global")],
    ),
    "an address: the longest match of each VRF": (
        {"destination": "192.0.2.200"},
        [("192.0.2.0/24", "red"), ("192.0.2.128/25", "global")],
    ),
    "an address beyond all but the default": ({"destination": "203.0.113.9"}, [("0.0.0.0/0", "global")]),
    "by protocol": ({"destination": "", "protocol": "STATIC"}, [("0.0.0.0/0", "global")]),
    "IPv6": ({"destination": "2001:db8::1"}, [("2001:db8::/32", "global")]),
    "nothing": ({"destination": "203.0.113.0/24"}, []),
}


@pytest.mark.parametrize("case", DESTINATIONS)
def test_routes(case: str) -> None:
    how, wanted = DESTINATIONS[case]
    shown = services.routes_to(ROUTES, **{"protocol": "", "longer": False, **how})
    assert sorted((p, row["routing_table"]) for p, rows in shown.items() for row in rows) == wanted


def test_a_destination_that_is_none() -> None:
    with pytest.raises(OptionError, match="'nowhere'"):
        services.routes_to(ROUTES, "nowhere", "", longer=False)
