"""No file that people write, and no line that code hands on, brings a command past the allow-list."""

from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from hypothesis import given
from pydantic import ValidationError

from collector.allowlist import Guard
from collector.credentials import Login, Secret
from collector.errors import ForbiddenCommandError, InventoryError
from collector.inventory_file import load_inventory
from collector.platform import Platform, Step, platforms
from collector.run_record import Plan
from collector.session import Session, SessionLimits
from collector.wire import Wire
from tests.collector import nasty
from tests.collector.lab import PASSWORD, USER, lab, now, switch

PLATFORM = platforms()["huawei_vrp8"]
LINE = "display version"
BENT = [line for line in nasty.of(LINE) if line.strip() and not line.startswith("display version x")]
"""Made of `display version`; those that only ask for more of the same kind are no smuggling."""


def readable(line: str) -> bool:
    """Whether it is a plain reading command, which a platform may hold."""
    try:
        Step(any_of=(line,))
    except ValidationError:
        return False
    return True


@given(line=nasty.LINES)
def test_a_platform_holds_words_of_reading_commands_only(line: str) -> None:
    if readable(line):
        assert line.isascii()
        assert line.split(" ")[0] in {"display", "show", "dir"}
        assert set(line) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ./_-")
    assert readable(line) or line not in nasty.READING


@pytest.mark.parametrize("line", nasty.OTHERS)
def test_no_other_line_is_a_reading_command(line: str) -> None:
    assert not readable(line)


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("display diagnostic-information", False),
        ("display diagnostic-information dia.txt", False),
        ("display diagnostic", False),
        ("display diag", False),
        ("display d", False),
        ("display diagnostic result", False),
        ("display diagnostic result verbose", True),
        ("display diagnostic result verbose x", False),
        ("show diagnostic result module all", True),
        ("show diagnostic result module", False),
        ("show diagnostic", False),
        ("show tech-support", False),
        ("show tech-support details", False),
        ("show tech", False),
        ("display device", True),
        ("display telnet server status", True),
    ],
)
def test_what_writes_to_the_storage_is_refused_in_every_form(line: str, taken: bool) -> None:
    assert readable(line) is taken


def bend(**changes: Any) -> Platform:
    return Platform.model_validate(PLATFORM.model_dump() | changes)


@pytest.mark.parametrize(
    "line", [*nasty.OTHERS, "display version | redirect flash:/x", "undo terminal monitor"]
)
@pytest.mark.parametrize("place", ["identify", "no_paging", "facts", "alternative", "heavy"])
def test_a_platform_file_with_such_a_line_is_refused_on_loading(place: str, line: str) -> None:
    places: dict[str, dict[str, Any]] = {
        "identify": {"identify": line},
        "no_paging": {"no_paging": (line,)},
        "facts": {"facts": {"cpu": ({"any_of": (line,)},)}},
        "alternative": {"facts": {"cpu": ({"any_of": ("display cpu", line)},)}},
        "heavy": {"heavy": (line,)},
    }
    with pytest.raises(ValidationError):
        bend(**places[place])


@pytest.mark.parametrize("key", ["commands", "command", "script", "pre_login", "extra", "facts", "no_paging"])
@pytest.mark.parametrize("place", ["top", "site", "defaults", "device", "expect", "credential"])
def test_an_inventory_has_no_place_for_a_command(tmp_path: Path, place: str, key: str) -> None:
    data = inventory()
    site = data["sites"][0]
    {
        "top": data,
        "site": site,
        "defaults": site["defaults"],
        "device": site["devices"][0],
        "expect": site["devices"][0]["expect"],
        "credential": data["credentials"]["ops"],
    }[place][key] = ["save"]
    with pytest.raises(InventoryError, match=key):
        load(tmp_path, data)


@pytest.mark.parametrize(
    "platform", ["save", "display version\nsave", "../huawei_vrp8", "huawei_vrp8;save", ""]
)
def test_an_inventory_names_platforms_that_there_are(tmp_path: Path, platform: str) -> None:
    data = inventory()
    data["sites"][0]["devices"][0]["platform"] = platform
    with pytest.raises(InventoryError, match="platform"):
        load(tmp_path, data)


def test_the_inventory_that_was_bent_is_fine_by_itself(tmp_path: Path) -> None:
    load(tmp_path, inventory())


def inventory() -> dict[str, Any]:
    device = {"name": "sw-1", "host": "192.0.2.1", "platform": "auto", "expect": {"psu_min": 1}}
    site = {"name": "hq", "customer": "示例客户", "defaults": {"credential": "ops"}, "devices": [device]}
    return {"credentials": {"ops": {"username": "inspector"}}, "sites": [site]}


def load(folder: Path, data: dict[str, Any]) -> None:
    file = folder / "inventory.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    load_inventory(file)


def test_a_plan_cannot_bring_in_a_command(tmp_path: Path) -> None:
    """What a plan says of commands is a record; facts that no platform knows mean nothing."""
    device = switch()
    with lab(tmp_path, device) as where:
        plan = where.plan()
        bent = Plan.model_validate(
            plan.model_dump()
            | {
                "commands": dict.fromkeys(platforms(), ("save", "reboot")),
                "facts": ("cpu", "save", "display version | save x"),
            }
        )
        (outcome,) = where.run(where.folder(bent)).outcomes
    assert outcome.reason is None
    assert set(device.lines) <= device.platform.allowed
    assert "display cpu" in device.lines


def test_of_all_of_it_a_device_receives_nothing(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        host, port = where.simulator.address("sw-1")
        with Wire(
            host,
            port,
            Login(USER, Secret(PASSWORD)),
            guard=Guard(device.platform),
            rules=where.rules,
            connect_s=3,
            stop=Event(),
        ) as wire:
            session = Session(wire, "sw-1", limits=SessionLimits(), now=now, stop=Event())
            session.greet([device.platform.prompt])
            for line in (*BENT, *nasty.OTHERS):
                with pytest.raises(ForbiddenCommandError):
                    session.ask(line, 1)
                with pytest.raises(ForbiddenCommandError):
                    wire.send_line(line)
            session.ask("display cpu", 3)
    assert len(BENT) > 150
    assert device.record == [b"display cpu\n"]
