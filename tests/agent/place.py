"""A folder with an inventory for a running simulator, and the command run there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from collector.platform import platforms
from collector.simulator.device import Account, SimulatedDevice, load_outputs
from collector.simulator.faults import Faults
from collector.simulator.server import Simulator
from collector.simulator.site import DEMO, load_plan
from tests.agent.command import command

XUNJIAN = str(Path(sys.executable).with_name("xunjian"))
PASSWORD = "correct-horse-0001"
GOOD = "demo-agg-w1"
OTHER = "demo-acc-h1"


def simulated(name: str, *, faults: Faults | None = None) -> SimulatedDevice:
    (planned,) = [device for device in load_plan().devices if device.name == name]
    platform = platforms()[planned.platform]
    return SimulatedDevice(
        name=name,
        platform=platform,
        outputs=load_outputs(DEMO / name, platform),
        accounts=(Account(username="inspector", password=PASSWORD),),
        host=str(planned.listen),
        port=0,
        faults=faults or Faults(),
    )


@dataclass
class Place:
    """A folder with an inventory for a running simulator."""

    folder: Path
    simulator: Simulator

    @property
    def inventory(self) -> Path:
        return self.folder / "inventory.yaml"

    @property
    def runs(self) -> list[Path]:
        return sorted((self.folder / "data" / "runs").glob("*"))

    def write(self, **site: Any) -> None:
        """Write the inventory; keyword arguments replace entries of the site."""
        devices = [
            {"name": name, "host": self.simulator.address(name)[0], "port": self.simulator.address(name)[1]}
            for name in self.simulator.devices
        ]
        authorization = {
            "authorized_by": "Demo",
            "method": "邮件",
            "reference": "DEMO-1",
            "valid_from": "2026-01-01T00:00:00Z",
            "valid_until": "2099-01-01T00:00:00Z",
            "devices": ["*"],
        }
        entry = {
            "name": "demo",
            "customer": "示例客户",
            "defaults": {"credential": "ops"},
            "authorization": authorization,
            "devices": devices,
        }
        data = {
            "credentials": {"ops": {"username": "inspector", "password_env": "XJ_TEST_PASSWORD"}},
            "sites": [entry | site],
        }
        self.inventory.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        (self.folder / "known_hosts").write_text(self.simulator.known_hosts(), "utf-8")

    def command(self, *more: str) -> list[str]:
        known_hosts = str(self.folder / "known_hosts")
        data = str(self.folder / "data")
        return [
            XUNJIAN,
            "scan",
            "-i",
            str(self.inventory),
            "--known-hosts",
            known_hosts,
            "--data",
            data,
            *("--sample-gap", "0"),
            *more,
        ]

    def scan(self, *more: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
        """Scan in this process: starting another takes longer than most scans."""
        return xunjian(*self.command(*more)[1:], password=password)

    def scan_in_a_process(self, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*more), env=environment(), capture_output=True, text=True, timeout=100
        )


def environment(password: str = PASSWORD) -> dict[str, str]:
    return os.environ | {"XJ_TEST_PASSWORD": password, "NO_COLOR": "1", "COLUMNS": "200"}


def xunjian(*arguments: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """Run the command in this process."""
    ended = command(*arguments, XJ_TEST_PASSWORD=password)
    return subprocess.CompletedProcess(arguments, ended.code, ended.out, ended.err)


def place(folder: Path, *devices: SimulatedDevice) -> Iterator[Place]:
    with Simulator(devices) as simulator:
        made = Place(folder, simulator)
        made.write()
        yield made
        beyond = {name: device.beyond_allowed() for name, device in simulator.devices.items()}
        assert not any(beyond.values()), beyond


AUTHORIZATION = {
    "authorized_by": "Demo",
    "method": "邮件",
    "reference": "DEMO-2",
    "valid_from": "2026-01-01T00:00:00Z",
    "valid_until": "2099-01-01T00:00:00Z",
    "devices": ["*"],
}
