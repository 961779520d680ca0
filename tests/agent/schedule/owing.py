"""A small site to which an inspection and a hardening plan are owed, and unattended work on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collector.simulator.server import Simulator
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, PASSWORD, Place, simulated

LEVELS = """
levels:
  演示服务:
    deliverables:
      inspection: {every_months: 12}
      hardening: {every_months: 12}
      version_list: {every_months: 12}
      version_evaluation: {every_months: 12}
"""
CHANNELS = """
channels:
  group: {kind: wecom, url_env: XJ_TEST_ROBOT}
"""


@dataclass
class Owing:
    """The site, and what unattended work on it says."""

    place: Place
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.place.folder / "data"

    def write(self, **site: Any) -> None:
        self.place.write(**{"service_level": "演示服务", **site})
        (self.place.folder / "levels.yaml").write_text(LEVELS, "utf-8")
        (self.place.folder / "notices.yaml").write_text(CHANNELS, "utf-8")

    def arguments(self, *more: str) -> list[str]:
        return [
            "run-due",
            "-i",
            str(self.place.inventory),
            "--data",
            str(self.data),
            "--levels",
            str(self.place.folder / "levels.yaml"),
            "--known-hosts",
            str(self.place.folder / "known_hosts"),
            *more,
        ]

    def run(self, *more: str) -> tuple[Ended, dict[str, Any]]:
        ended = command(*self.arguments(*more), XJ_TEST_PASSWORD=PASSWORD, **self.environment)
        lines = ended.out.splitlines()
        return ended, json.loads(lines[-1]) if lines else {}

    def ledger(self) -> list[dict[str, Any]]:
        ended = command("ledger", "list", "--data", str(self.data), "--json")
        entries: list[dict[str, Any]] = json.loads(ended.out)["deliveries"]
        return entries

    def due(self) -> dict[str, Any]:
        levels = str(self.place.folder / "levels.yaml")
        ended = command(
            "due", "-i", str(self.place.inventory), "--data", str(self.data), "--levels", levels, "--json"
        )
        told: dict[str, Any] = json.loads(ended.out)
        return told

    def heartbeat(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads((self.data / "schedule" / "heartbeat.json").read_text("utf-8"))
        return told


def owing(folder: Path) -> Iterator[Owing]:
    with Simulator([simulated(GOOD)]) as simulator:
        made = Owing(Place(folder, simulator))
        made.write()
        yield made


def period(name: str) -> dict[str, str]:
    """A period that is now."""
    return {"name": name, "start": "2020-01-01T00:00:00Z", "end": "2099-01-01T00:00:00Z"}
