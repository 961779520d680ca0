"""Every simulated device of the whole test suite, and what it was sent beyond its allow-list."""

import os
from collections.abc import Iterable

from collector.simulator.device import SimulatedDevice
from collector.simulator.jump import SimulatedJumpHost

watched: list[SimulatedDevice | SimulatedJumpHost] = []
"""Devices and jump hosts made by any test but the simulator's own, which type what they like."""


def watch(device: SimulatedDevice | SimulatedJumpHost) -> None:
    """Remember one that is being made."""
    if not os.environ.get("PYTEST_CURRENT_TEST", "").startswith("tests/collector/simulator/"):
        watched.append(device)


def violations(devices: Iterable[SimulatedDevice | SimulatedJumpHost]) -> list[str]:
    """What was written to them that no guard may let through; stricter than the simulator itself.

    Over SSH and telnet alike: commands, answers, keys. On a jump host nothing is opened but ways through.
    """
    found = []
    for device in devices:
        if isinstance(device, SimulatedJumpHost):
            found += [f"{device.name}: {wanted}" for wanted in device.sessions]
            continue
        answers = (a for session in device.sessions for a in session.answers if a != "N")
        keys = (k for session in device.sessions for k in session.keys if k != " ")
        found += [f"{device.name}: {what!r}" for what in (*device.beyond_allowed(), *answers, *keys)]
    return found
