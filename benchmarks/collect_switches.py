"""The switches that `collect.py` measures against, in a process of their own.

Run by `collect.py`: it takes the number of devices, writes addresses and keys into a folder, says `ready`
and serves on 127.40.0.0/16 until its standard input ends. For every line of it, it tells as JSON what the
devices were sent beyond their allow-list since the line before.
"""

import json
import logging
import re
import resource
import sys
from pathlib import Path
from typing import Any

from asyncssh.connection import SSHConnection
from asyncssh.constants import MSG_IGNORE

from collector.collect import facts_needed
from collector.platform import platforms
from collector.simulator.device import Account, SimulatedDevice, load_outputs
from collector.simulator.server import Simulator
from collector.simulator.site import DEMO
from collector.visit import steps_for

PLATFORM = platforms()["huawei_vrp8"]
USER, PASSWORD = "bench", "bench-only"
COMMANDS = 25
THINK_S = 0.03


def facts_and_commands() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """As many facts as take COMMANDS commands, each answered at the first time of asking."""
    facts: tuple[str, ...] = ()
    for fact in PLATFORM.facts:
        steps = steps_for(PLATFORM, facts_needed((*facts, fact)))
        if len(steps) <= COMMANDS:
            facts = (*facts, fact)
    commands = tuple(step.any_of[0] for step in steps_for(PLATFORM, facts_needed(facts)))
    if len(set(commands)) != COMMANDS:
        raise ValueError(f"{len(set(commands))} commands instead of {COMMANDS}")
    return facts_needed(facts), commands


def outputs_of(device: str) -> dict[str, str]:
    """What a device prints: texts of the demo, each beginning with whose it is and what was asked."""
    texts = load_outputs(DEMO / "demo-agg-w1", PLATFORM)
    _, commands = facts_and_commands()
    return {
        command: f"{device} answers {command}\n{re.sub('{{.*?}}', '2026-01-01 00:00:00', texts[command])}"
        for command in commands
    }


def device(number: int) -> SimulatedDevice:
    name = f"sw-{number:04}"
    return SimulatedDevice(
        name=name,
        platform=PLATFORM,
        outputs=outputs_of(name),
        accounts=(Account(username=USER, password=PASSWORD),),
        host=f"127.40.{number // 250}.{number % 250 + 1}",
        think_s=THINK_S,
    )


def without_filler() -> None:
    """Make asyncssh send no empty packet in front of every packet: switches do not."""
    send = SSHConnection.send_packet

    def sent(connection: SSHConnection, kind: int, *args: bytes, **options: Any) -> None:
        if kind != MSG_IGNORE:
            send(connection, kind, *args, **options)

    SSHConnection.send_packet = sent


def beyond_allowed(simulator: Simulator) -> list[str]:
    """What no guard may let through, by the records of all devices, which are forgotten."""
    found = [f"{name}: {what}" for name, one in simulator.devices.items() for what in one.beyond_allowed()]
    for one in simulator.devices.values():
        one.sessions.clear()
    return found


def main() -> None:
    logging.disable(logging.CRITICAL)
    without_filler()
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with Simulator([device(number) for number in range(count)]) as simulator:
        addresses = {name: simulator.address(name) for name in simulator.devices}
        (folder / "addresses.json").write_text(json.dumps(addresses), "utf-8")
        (folder / "known_hosts").write_text(simulator.known_hosts(), "utf-8")
        print("ready", flush=True)
        for _ in sys.stdin:
            print(json.dumps(beyond_allowed(simulator)), flush=True)


if __name__ == "__main__":
    main()
