"""What would spoil an inspection, found by the real command on devices that have it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.simulator.faults import CommandFaults, Faults
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, place, simulated

ALL_WELL = dict.fromkeys(("reach", "key", "login", "privilege", "paging", "clock"), "ok")


@pytest.fixture
def good(tmp_path: Path) -> Iterator[Place]:
    yield from place(tmp_path, simulated(GOOD))


def doctor(there: Place, *options: str, password: str = PASSWORD) -> Ended:
    files = ("-i", str(there.inventory), "--known-hosts", str(there.folder / "known_hosts"))
    data = ("--data", str(there.folder / "data"))
    return command("doctor", *files, *data, *options, XJ_TEST_PASSWORD=password)


def said(ended: Ended) -> dict[str, dict[str, dict[str, str]]]:
    """What was said of every device, by step."""
    devices: dict[str, list[dict[str, str]]] = json.loads(ended.out)["devices"]
    return {name: {step["what"]: step for step in steps} for name, steps in devices.items()}


def states(ended: Ended, device: str = GOOD) -> dict[str, str]:
    return {what: step["state"] for what, step in said(ended)[device].items()}


def test_a_device_that_is_well(good: Place) -> None:
    killed = good.folder / "data" / "doctor" / "of-a-call-that-was-killed"
    for folder in (killed.parents[1], killed.parent, killed):
        folder.mkdir(mode=0o700)
    (killed / "capture.txt").write_text("something")
    ended = doctor(good, "--json")
    assert states(ended) == ALL_WELL, ended.out
    assert ended.code == 0
    assert said(ended)[GOOD]["login"]["said"] == "recognised as huawei_vrp8"
    assert [login.accepted for login in good.simulator.devices[GOOD].logins] == [True]
    assert list((good.folder / "data" / "doctor").iterdir()) == [], "nothing that was collected stays"
    assert not (good.folder / "data" / "runs").exists()


REFUSED = ALL_WELL | dict.fromkeys(("privilege", "paging", "clock"), "-")
NOT_TRIED = REFUSED | {"login": "-"}


@pytest.mark.parametrize(
    ("faults", "expected", "told", "code"),
    [
        ({"closed_port": True}, NOT_TRIED | {"reach": "bad", "key": "-"}, ("reach", "端口未开放"), 3),
        ({"changed_host_key": True}, NOT_TRIED | {"key": "bad"}, ("key", "CHANGED"), 3),
        ({"refused_login": True}, REFUSED | {"login": "bad"}, ("login", "拒绝"), 3),
        (
            {"commands": {"display device": CommandFaults(no_privilege=True)}},
            ALL_WELL | {"privilege": "warn"},
            ("privilege", "display device"),
            1,
        ),
        ({"stuck_pager": True}, ALL_WELL | {"paging": "warn"}, ("paging", "page by page"), 1),
        (
            {"commands": {"display clock": CommandFaults(clock_off_s=7200)}},
            ALL_WELL | {"clock": "warn"},
            ("clock", "2.0 小时"),
            1,
        ),
    ],
    ids=["port", "key", "login", "privilege", "paging", "clock"],
)
def test_what_is_wrong_is_said_where_it_is(
    tmp_path: Path, faults: dict[str, Any], expected: dict[str, str], told: tuple[str, str], code: int
) -> None:
    # The other one first: a credential that nobody has accepted yet is tried no further when refused.
    for there in place(tmp_path, simulated(OTHER), simulated(GOOD, faults=Faults(**faults))):
        ended = doctor(there, "--json")
        assert states(ended) == expected, ended.out
        step, words = told
        assert words in said(ended)[GOOD][step]["said"]
        assert said(ended)[GOOD][step]["todo"] != ""
        assert ended.code == code
        assert states(ended, OTHER)["login"] == "ok"


def test_an_unknown_key_stops_before_the_password(good: Place) -> None:
    (good.folder / "known_hosts").write_text("", "utf-8")
    ended = doctor(good, "--json")
    assert states(ended) == NOT_TRIED | {"key": "bad"}
    assert "hosts trust" in said(ended)[GOOD]["key"]["todo"]
    assert ended.code == 3
    assert good.simulator.devices[GOOD].logins == []


def test_a_wrong_password_is_tried_once(tmp_path: Path) -> None:
    for there in place(tmp_path, simulated(GOOD), simulated(OTHER)):
        ended = doctor(there, "--json", password="wrong-battery-0002")
        assert {steps["login"]["state"] for steps in said(ended).values()} == {"bad"}
        assert sum(len(device.logins) for device in there.simulator.devices.values()) == 1
        assert "wrong-battery" not in ended.out + ended.err


def test_logging_in_needs_permission_and_not_logging_in_needs_none(good: Place) -> None:
    good.write(authorization=None)
    refused = doctor(good)
    assert refused.code == 4
    assert "authorisation" in refused.err
    ended = doctor(good, "--no-login", "--json", password="")
    assert ended.code == 0
    assert states(ended) == NOT_TRIED
    assert good.simulator.devices[GOOD].logins == []


def test_this_machine_is_looked_at_too(good: Place) -> None:
    data = good.folder / "data"
    data.mkdir(mode=0o755)
    ended = doctor(good, "--no-login")
    assert ended.code == 1
    assert f"chmod 700 {data}" in ended.out
    data.chmod(0o700)
    (good.folder / "known_hosts").chmod(0o666)
    machine = {d["what"]: d for d in json.loads(doctor(good, "--no-login", "--json").out)["machine"]}
    assert {what: d["state"] for what, d in machine.items()} == {
        "data folder": "ok",
        "disk": "ok",
        "fonts": "ok",
        "host keys": "warn",
    }
    assert "NotoSansSC" in machine["fonts"]["said"]
    (good.folder / "known_hosts").unlink()
    ended = doctor(good, "--no-login")
    assert ended.code == 3
    assert "known_hosts does not exist" in ended.out


def test_a_data_folder_that_cannot_be_written_is_said(good: Place) -> None:
    (good.folder / "data").write_text("no folder", "utf-8")
    ended = doctor(good, "--no-login", "--json")
    assert ended.code == 3
    assert json.loads(ended.out)["machine"][0]["state"] == "bad"
