"""Every simulated device of the whole test suite, and what it was sent beyond its allow-list."""

import os
from collections.abc import Iterable

from collector.simulator.device import SimulatedDevice

watched: list[SimulatedDevice] = []
"""Devices made by any test but the simulator's own, which type what they like."""


def watch(device: SimulatedDevice) -> None:
    """Remember a device that is being made."""
    if not os.environ.get("PYTEST_CURRENT_TEST", "").startswith("tests/collector/simulator/"):
        watched.append(device)


def violations(devices: Iterable[SimulatedDevice]) -> list[str]:
    """What was written to them that no guard may let through; stricter than the simulator itself."""
    found = []
    for device in devices:
        answers = (a for session in device.sessions for a in session.answers if a != "N")
        keys = (k for session in device.sessions for k in session.keys if k != " ")
        found += [f"{device.name}: {what!r}" for what in (*device.beyond_allowed(), *answers, *keys)]
    return found
