"""A small simulated site with an event, and every step of `xunjian assure` on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

from agent.run import now
from collector.simulator.server import Simulator
from collector.simulator.texts import render
from tests.agent.command import Ended, command
from tests.agent.place import GOOD, OTHER, PASSWORD, Place, simulated

POWER = "display device power"
LONG_AGO = timedelta(days=60)
HALF_A_DAY = timedelta(hours=12)
SITE_ZONE = timezone(timedelta(hours=8))


def at_site(moment: datetime) -> str:
    """The time of day that the clocks of the site show."""
    return f"{moment.astimezone(SITE_ZONE):%H:%M}"


@dataclass
class Guarding:
    """The site, its event, and what the command says."""

    place: Place
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.place.folder / "data"

    @property
    def file(self) -> Path:
        return self.place.folder / "event.yaml"

    def event(self, start: timedelta, end: timedelta, **more: Any) -> None:
        """Write the event; its period counts from now, and no test sees the hour of the daily digest."""
        at = now()
        data = {
            "name": "演示重保-2026",
            "period": {"start": (at + start).isoformat(), "end": (at + end).isoformat()},
            "sites": ["demo"],
            "digest_at": at_site(at + HALF_A_DAY),
        }
        self.file.write_text(yaml.safe_dump({**data, **more}, allow_unicode=True), "utf-8")

    def coming(self, **more: Any) -> None:
        self.event(timedelta(days=8), timedelta(days=10), **more)

    def lasting(self, **more: Any) -> None:
        self.event(timedelta(hours=-1), timedelta(days=1), **more)

    def over(self, **more: Any) -> None:
        self.event(timedelta(days=-1), timedelta(seconds=-1), **more)

    def run(self, step: str, *more: str) -> tuple[Ended, dict[str, Any]]:
        ended = command(*self.arguments(step, *more), XJ_TEST_PASSWORD=PASSWORD, **self.environment)
        lines = ended.out.splitlines()
        return ended, json.loads(lines[-1]) if lines else {}

    def arguments(self, step: str, *more: str) -> list[str]:
        arguments = ["assure", step, str(self.file), "--data", str(self.data), "--json", *more]
        if step in ("before", "during", "after"):
            known_hosts = str(self.place.folder / "known_hosts")
            arguments += ["-i", str(self.place.inventory), "--known-hosts", known_hosts]
        if step in ("before", "after"):
            arguments += ["--sample-gap", "0"]
        return arguments

    def plant(self, device: str, asked: str, old: str, new: str) -> None:
        """Have a device answer otherwise from now on."""
        outputs = self.place.simulator.devices[device].outputs
        assert old in outputs[asked]
        outputs[asked] = outputs[asked].replace(old, new)  # type: ignore[index]

    def ledger(self) -> list[dict[str, Any]]:
        ended = command("ledger", "list", "--data", str(self.data), "--json")
        entries: list[dict[str, Any]] = json.loads(ended.out)["deliveries"]
        return entries


def guarding(folder: Path) -> Iterator[Guarding]:
    switches = [simulated(GOOD), simulated(OTHER)]
    moment = datetime.now().astimezone() - LONG_AGO
    for switch in switches:
        # The clock must go on; logs and counters must not, or every round would find something new.
        switch.outputs = {
            asked: render(text, moment) if "log" in asked or "interface" in asked else text
            for asked, text in switch.outputs.items()
        }
    with Simulator(switches) as simulator:
        made = Guarding(Place(folder, simulator))
        made.place.write()
        yield made
        beyond = {name: device.beyond_allowed() for name, device in simulator.devices.items()}
        assert not any(beyond.values()), beyond
