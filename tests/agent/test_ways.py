"""Devices behind a jump host and over telnet, inspected by the real command from inventory to report."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

from collector.simulator.device import Account
from collector.simulator.jump import SimulatedJumpHost
from collector.simulator.server import Simulator
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, simulated

HOP_PASSWORD = "XJCANARY-HOP-sesame"


@pytest.fixture
def gate() -> SimulatedJumpHost:
    account = Account(username="jumper", password=HOP_PASSWORD)
    return SimulatedJumpHost(name="gate", accounts=(account,), host="127.30.8.1")


@pytest.fixture
def there(tmp_path: Path, gate: SimulatedJumpHost) -> Iterator[Place]:
    """One device behind the jump host, one that is logged in to over telnet."""
    old = replace(simulated(OTHER), protocol="telnet")
    with Simulator((simulated(GOOD), old), jump_hosts=(gate,)) as simulator:
        made = Place(tmp_path, simulator)
        made.write()
        said = yaml.safe_load(made.inventory.read_text("utf-8"))
        host, port = simulator.address("gate")
        said["jump_hosts"] = {"gate": {"host": host, "port": port, "credential": "gate-account"}}
        said["credentials"]["gate-account"] = {"username": "jumper", "password_env": "XJ_TEST_HOP"}
        by_name = {device["name"]: device for device in said["sites"][0]["devices"]}
        by_name[GOOD]["jump"] = ["gate"]
        by_name[OTHER] |= {"protocol": "telnet", "insecure": True}
        made.inventory.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
        yield made


def scan(there: Place, *more: str, hop_password: str = HOP_PASSWORD) -> Ended:
    passwords = {"XJ_TEST_PASSWORD": PASSWORD, "XJ_TEST_HOP": hop_password}
    return command(*there.command("--check", "SYS-001", "--check", "MGT-017", *more)[1:], **passwords)


def test_the_way_stands_in_the_report(there: Place, gate: SimulatedJumpHost) -> None:
    ended = scan(there, "--json")
    assert ended.code == 1, ended.err
    told = json.loads(ended.out)
    assert told["inspected"] == 2
    assert told["findings"] == {"critical": 0, "major": 1, "minor": 0, "info": 0}
    data = json.loads(Path(told["json"]).read_text("utf-8"))
    (finding,) = data["findings"]
    assert (finding["check_id"], finding["device"]) == ("MGT-017", OTHER)
    assert {s["peer"]: (s["protocol"], s["via"], s["is_hop"]) for s in data["sessions"]} == {
        GOOD: ("ssh", ["gate"], False),
        OTHER: ("telnet", [], False),
        "gate": ("ssh", [], True),
    }
    assert len(data["sessions"]) == 3
    assert all(session["closed_at"] for session in data["sessions"])
    text = "".join(page.extract_text() for page in PdfReader(told["pdf"]).pages)
    squeezed = "".join(text.split())
    assert "SSH经跳板机gate1台；Telnet（明文）直连1台" in squeezed
    assert [login.accepted for login in gate.logins] == [True]
    assert gate.forwards == [there.simulator.address(GOOD)]
    assert gate.sessions == []


def test_a_dry_run_shows_the_way_and_goes_none(there: Place, gate: SimulatedJumpHost) -> None:
    ended = scan(there, "--dry-run")
    assert ended.code == 0, ended.err
    (behind,) = [line for line in ended.out.splitlines() if GOOD in line]
    assert "gate" in behind
    (old,) = [line for line in ended.out.splitlines() if OTHER in line]
    assert "telnet" in old
    assert gate.logins == []


def test_a_refusing_jump_host_leaves_the_rest_inspected(there: Place, gate: SimulatedJumpHost) -> None:
    ended = scan(there, "--json", hop_password="XJCANARY-HOP-wrong")
    assert ended.code == 3
    told = json.loads(ended.out)
    assert list(told["not_inspected"]) == [GOOD]
    assert "跳板机 gate" in told["not_inspected"][GOOD]
    assert "拒绝了用户名或密码" in told["not_inspected"][GOOD]
    assert len(gate.logins) == 1
    everything = [p.read_bytes() for p in there.folder.rglob("*") if p.is_file()]
    assert not any(b"XJCANARY-HOP" in content for content in everything)
