"""Host keys: shown, confirmed and written down by the real command against real SSH servers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from collector.simulator.device import SimulatedDevice
from collector.simulator.faults import Faults
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, Place, place, simulated


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Place]:
    for there in place(tmp_path, simulated(GOOD), simulated(OTHER)):
        known(there).unlink()
        yield there
        assert all(device.logins == [] for device in there.simulator.devices.values())


def known(there: Place) -> Path:
    return there.folder / "known_hosts"


def hosts(there: Place, what: str, *options: str, typed: str = "") -> Ended:
    files = ("-i", str(there.inventory), "--known-hosts", str(known(there)))
    return command("hosts", what, *files, *options, typed=typed)


def keys(there: Place) -> dict[str, str]:
    """The file's keys by host, as the simulator would write them."""
    lines = known(there).read_text("utf-8").splitlines() if known(there).exists() else []
    return {line.split()[0]: " ".join(line.split()[1:3]) for line in lines if line and line[0] != "#"}


def right(there: Place, *devices: str) -> dict[str, str]:
    shown = [line.split() for line in there.simulator.known_hosts().splitlines()]
    names = [f"[{there.simulator.address(d)[0]}]:{there.simulator.address(d)[1]}" for d in devices]
    return {name: f"{type_} {key}" for name, type_, key in shown if name in names}


def test_every_new_key_is_shown_and_with_yes_written(two: Place) -> None:
    ended = hosts(two, "trust", "--yes", "--json")
    assert ended.code == 0, ended.err
    said = json.loads(ended.out)
    assert said["written"] == [GOOD, OTHER]
    assert [d["state"] for d in said["devices"]] == ["new", "new"]
    assert all(d["fingerprint"].startswith("SHA256:") for d in said["devices"])
    assert keys(two) == right(two, GOOD, OTHER)
    assert known(two).stat().st_mode & 0o777 == 0o600
    before = known(two).read_bytes()
    again = json.loads(hosts(two, "trust", "--yes", "--json").out)
    assert ([d["state"] for d in again["devices"]], again["written"]) == (["known", "known"], [])
    assert known(two).read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "trusted"),
    [("y\nn\n", [GOOD]), ("n\nyes\n", [OTHER]), ("\n\n", []), ("", []), ("y\ny\n", [GOOD, OTHER])],
)
def test_each_key_is_asked_about(two: Place, typed: str, trusted: list[str]) -> None:
    ended = hosts(two, "trust", typed=typed)
    assert ended.code == (0 if trusted == [GOOD, OTHER] else 3)
    assert ended.out.count("SHA256:") == ended.out.count("MD5:") == 2
    assert keys(two) == right(two, *trusted)


def test_a_fingerprint_trusts_the_one_device_that_shows_it(two: Place) -> None:
    shown = json.loads(hosts(two, "trust", "--json").out)["devices"]
    (wanted,) = [device["fingerprint"] for device in shown if device["device"] == OTHER]
    ended = hosts(two, "trust", "--fingerprint", wanted)
    assert ended.code == 3, "the other one is still unknown"
    assert keys(two) == right(two, OTHER)
    wrong = hosts(two, "trust", "--fingerprint", "SHA256:none")
    assert wrong.code == 2
    assert "no device shows SHA256:none" in wrong.err


def changed(device: str) -> SimulatedDevice:
    return simulated(device, faults=Faults(changed_host_key=True))


@pytest.mark.parametrize(
    ("options", "typed", "replaced"),
    [
        ((), "y\n", False),
        (("--yes",), "", False),
        (("--replace",), "y\n", False),
        (("--replace",), "", False),
        (("--replace", "--yes"), "", False),
        (("--replace",), f"{OTHER}\n", False),
        (("--replace",), f"{GOOD}\n", True),
    ],
)
def test_a_changed_key_is_replaced_only_by_typing_the_name(
    tmp_path: Path, options: tuple[str, ...], typed: str, *, replaced: bool
) -> None:
    for there in place(tmp_path, changed(GOOD)):
        old = keys(there)
        stranger = "# a note\n192.0.2.77 " + "".join(old.values()) + "\n"
        known(there).write_text(known(there).read_text("utf-8") + stranger, "utf-8")
        ended = hosts(there, "trust", *options, typed=typed)
        assert ended.out.count("SHA256:") == 2, "the known one and the new one"
        assert "CHANGED" in ended.out
        assert ended.code == (0 if replaced else 3)
        text = known(there).read_text("utf-8")
        assert stranger in text
        (host,) = old
        assert (keys(there)[host] != old[host]) is replaced
        assert text.count(host) == 1
        listed = hosts(there, "trust", "--json")
        (device,) = json.loads(listed.out)["devices"]
        assert device["state"] == ("known" if replaced else "changed")


def test_a_device_that_cannot_be_asked_is_said_and_the_others_are_trusted(tmp_path: Path) -> None:
    closed = simulated(OTHER, faults=Faults(closed_port=True))
    for there in place(tmp_path, closed, simulated(GOOD)):
        known(there).unlink()
        ended = hosts(there, "trust", "--yes")
        assert ended.code == 3
        assert "拒绝连接" in ended.out
        assert keys(there) == right(there, GOOD)


def test_a_device_behind_a_jump_host_is_not_asked(two: Place) -> None:
    data = yaml.safe_load(two.inventory.read_text("utf-8"))
    data["jump_hosts"] = {"hop": {"host": "192.0.2.1", "credential": "ops"}}
    data["sites"][0]["devices"][0]["jump"] = ["hop"]
    two.inventory.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    ended = hosts(two, "trust", "--yes")
    assert ended.code == 3
    assert "behind jump host hop" in ended.out
    assert keys(two) == right(two, OTHER)


def test_the_list_tells_what_is_known_of_an_inventory(two: Place) -> None:
    assert hosts(two, "list").code == 3
    assert hosts(two, "trust", "--yes", "--device", GOOD).code == 0
    ended = hosts(two, "list", "--json")
    assert ended.code == 3
    said = json.loads(ended.out)
    assert said["missing"] == [OTHER]
    assert [entry["host"].split()[0] for entry in said["known"]] == [GOOD]
    whole = command("hosts", "list", "--known-hosts", str(known(two)))
    assert whole.code == 0
    assert whole.out.count("SHA256:") == 1


def test_a_run_refuses_a_changed_key_with_both_fingerprints(tmp_path: Path) -> None:
    for there in place(tmp_path, changed(GOOD)):
        (device,) = json.loads(hosts(there, "trust", "--json").out)["devices"]
        ended = command(*there.command("--json")[1:], XJ_TEST_PASSWORD="correct-horse-0001")
        assert ended.code == 3
        why = json.loads(ended.out)["not_inspected"][GOOD]
        assert device["fingerprint"] in why
        assert device["known"][0] in why
        assert there.simulator.devices[GOOD].logins == []
