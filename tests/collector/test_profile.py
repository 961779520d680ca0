"""What each profile asks: data that can be read, and what a switch really receives."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from collector.platform import Platform, Step, platforms
from collector.profile import ProfileName, profiles
from collector.visit import steps_for
from parsers.facts import FACT_NAMES
from tests.collector.lab import lab, switch

LIGHT, NORMAL, FULL = (profiles()[name] for name in ProfileName)
PLATFORMS = sorted(platforms())

HEAVY = {
    "h3c_comware5": {"display mac-address", "display arp", "display ip routing-table"},
    "h3c_comware7": {"display mac-address", "display arp", "display ip routing-table"},
    "huawei_vrp5": {"display mac-address", "display arp all", "display ip routing-table"},
    "huawei_vrp8": {
        "display mac-address",
        "display arp all",
        "display arp",
        "display ip routing-table",
    },
    "inspur_inos6": {"show mac address-table", "show ip arp", "show ip route"},
    "inspur_inos_cn": {
        "show mac address-table",
        "show ip arp vrf all",
        "show ip arp",
        "show ip route vrf all",
        "show ip route",
    },
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_whole_tables_are_heavy_and_only_full_sends_them(platform: str) -> None:
    known = platforms()[platform]
    every = set(known.commands())
    assert every - set(NORMAL.commands(known, known.facts)) == HEAVY[platform]
    assert set(FULL.commands(known, known.facts)) == every
    assert not set(LIGHT.commands(known, known.facts)) & HEAVY[platform]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_light_asks_for_less_than_normal_and_never_for_all(platform: str) -> None:
    known = platforms()[platform]
    light, normal = (set(how.commands(known, known.facts)) for how in (LIGHT, NORMAL))
    assert light < normal
    assert known.identify in light


@pytest.mark.parametrize("command", ["display interface", "show interface"])
def test_the_state_of_ports_is_never_heavy(command: str) -> None:
    asked = [known for known in platforms().values() if command in known.commands()]
    assert asked
    assert all(command in LIGHT.commands(known, known.facts) for known in asked)


def test_a_profile_names_facts_that_there_are() -> None:
    assert LIGHT.facts is not None
    assert set(LIGHT.facts) <= set(FACT_NAMES)
    assert len(set(LIGHT.facts)) == len(LIGHT.facts)
    assert NORMAL.facts is FULL.facts is None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_left_out_is_what_is_not_asked(platform: str) -> None:
    """For every fact: either all its steps are asked, or the profile says that it is left out."""
    known = platforms()[platform]
    for name, how in profiles().items():
        asked = {step.any_of for step in steps_for(known, FACT_NAMES, name)} | {(known.identify,)}
        for fact, steps in known.facts.items():
            if not how.left_out(known, fact):
                assert {step.any_of for step in steps} <= asked, (name, fact)
            elif how.facts is None:
                assert any(step.any_of not in asked for step in steps), (name, fact)


@pytest.mark.parametrize(
    ("fact", "light", "normal"),
    [
        ("cpu", (), ()),
        ("telnet", ("display telnet server status",), ()),
        ("macs", ("display mac-address",), ("display mac-address",)),
        # One heavy command is enough: the fact would not be whole.
        ("arp", ("display arp all",), ("display arp all",)),
        ("hardware_resources", (), ()),
    ],
)
def test_facts_left_out(fact: str, light: tuple[str, ...], normal: tuple[str, ...]) -> None:
    known = platforms()["huawei_vrp5"]
    assert LIGHT.left_out(known, fact) == light
    assert NORMAL.left_out(known, fact) == normal
    assert FULL.left_out(known, fact) == ()


def bent(**changes: Any) -> Platform:
    known = platforms()["huawei_vrp5"]
    return Platform.model_validate(known.model_dump() | changes)


OPTIONAL = Step(any_of=("display arp",), optional=True)
EITHER = Step(any_of=("display arp", "display x"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"heavy": ("display nothing",)}, "of no fact: display nothing"),
        ({"facts": {"arp": (OPTIONAL,)}, "heavy": ("display arp",)}, "optional"),
        ({"facts": {"arp": (EITHER,)}, "heavy": ("display arp",)}, "wholly"),
        ({"heavy": ("reboot",)}, "not a plain display"),
    ],
)
def test_a_mark_that_would_make_half_a_fact_look_whole_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        bent(**changes)


SENT = {
    ProfileName.LIGHT: {"display cpu-usage"},
    ProfileName.NORMAL: {"display cpu-usage", "display telnet server status"},
    ProfileName.FULL: {"display cpu-usage", "display telnet server status", "display mac-address"},
}


@pytest.mark.parametrize("profile", ProfileName)
def test_a_switch_receives_what_its_profile_asks(tmp_path: Path, profile: ProfileName) -> None:
    device = switch("huawei_vrp5")
    with lab(tmp_path, device) as where:
        plan = where.plan(("cpu", "telnet", "macs")).model_copy(update={"profile": profile})
        folder = where.folder(plan)
        (outcome,) = where.run(folder).outcomes
    assert outcome.reason is None
    looked_for = SENT[ProfileName.FULL]
    assert set(device.lines) & looked_for == SENT[profile]
    stored, _ = folder.captures()
    assert {s.capture.command for s in stored} & looked_for == SENT[profile]
