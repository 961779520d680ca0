"""The examples of docs/napalm.md, done; and NAPALM's own command."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from napalm.base.exceptions import NapalmException

from agent.napalm import errors
from agent.napalm.connection import Options
from agent.napalm.driver import XunjianDriver
from agent.napalm.read_only import REFUSED
from collector.simulator.server import Simulator
from tests.agent.napalm.test_driver import device
from tests.collector.lab import PASSWORD, USER

MANUAL = Path("docs/napalm.md").read_text("utf-8")
NAPALM = Path(sys.executable).with_name("napalm")


def example(language: str) -> str:
    (text,) = re.findall(rf"^```{language}\n(.*?)^```", MANUAL, re.MULTILINE | re.DOTALL)
    return str(text)


@contextmanager
def running(tmp_path: Path) -> Iterator[tuple[str, int, Path]]:
    switch = device("h3c_comware7", "demo-core")
    with Simulator((switch,)) as simulator:
        known_hosts = tmp_path / "known_hosts"
        known_hosts.write_text(simulator.known_hosts(), encoding="utf-8")
        yield *simulator.address(switch.name), known_hosts


def test_the_program_does_what_it_says(tmp_path: Path) -> None:
    with running(tmp_path) as (host, port, known_hosts):
        program = (
            example("python")
            .replace("192.0.2.1", host)
            .replace('"port": 22', f'"port": {port}')
            .replace("~/.ssh/known_hosts", str(known_hosts))
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "XJ_PASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.splitlines() == [
        "h3c_comware7",
        "Release 6616P05",
        "Ten-GigabitEthernet1/0/4 is down",
        "Ten-GigabitEthernet2/0/3 is down",
        "Ten-GigabitEthernet2/0/4 is down",
    ]


def napalm(host: str, port: int, known_hosts: Path, *what: str) -> subprocess.CompletedProcess[str]:
    options = f"port={port},known_hosts='{known_hosts}'"
    login = ("--user", USER, "--password", PASSWORD, "--vendor", "xunjian_napalm", "--optional_args", options)
    return subprocess.run([NAPALM, *login, host, *what], capture_output=True, text=True, check=False)


def test_napalms_command_validates(tmp_path: Path) -> None:
    expected, wrong = tmp_path / "expected.yaml", tmp_path / "wrong.yaml"
    expected.write_text(example("yaml"), "utf-8")
    wrong.write_text(example("yaml").replace("192.0.2.250", "192.0.2.252"), "utf-8")
    with running(tmp_path) as where:
        report = json.loads(napalm(*where, "validate", str(expected)).stdout)
        differing = json.loads(napalm(*where, "validate", str(wrong)).stdout)
    assert (report["complies"], report["skipped"]) == (True, [])
    assert differing["complies"] is False
    assert differing["get_ntp_servers"]["missing"] == ["192.0.2.252"]
    assert differing["get_ntp_servers"]["extra"] == ["192.0.2.250"]


def test_napalms_command_calls_a_getter_and_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as where:
        called = napalm(*where, "call", "get_arp_table")
        changed = napalm(*where, "configure", str(tmp_path / "none"))
    assert [row["ip"] for row in json.loads(called.stdout)][:2] == ["192.0.2.2", "192.0.2.9"]
    assert changed.stdout.strip() in ("", "None")


def test_a_getter_that_a_platform_lacks_is_listed_as_skipped(tmp_path: Path) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text("- get_network_instances: {}\n", "utf-8")
    report = XunjianDriver("192.0.2.1", USER, PASSWORD).compliance_report(str(file))
    assert report["skipped"] == ["get_network_instances"]


def test_every_option_and_getter_is_in_the_manual() -> None:
    told = set(re.findall(r"`(\w+)`", MANUAL))
    getters = {name for name in dir(XunjianDriver) if name.startswith("get_")} - set(REFUSED)
    assert set(Options.model_fields) | getters | {"cli", "is_alive"} <= told


@pytest.mark.parametrize("error", re.findall(r"^\| `(\w+Error)`", MANUAL, re.MULTILINE))
def test_the_errors_of_the_manual_exist(error: str) -> None:
    assert issubclass(getattr(errors, error), NapalmException)


def test_the_yaml_of_the_manual_names_getters() -> None:
    for entry in yaml.safe_load(example("yaml")):
        for getter in entry:
            assert callable(getattr(XunjianDriver, getter))
