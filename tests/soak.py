"""200 simulated switches inspected round after round while everything goes wrong with some of them.

Run:  make soak                     half an hour
      make soak SECONDS=60 START=1  one minute of always the same faults, as CI does

In every round each device must end with a reason that fits its fault, every output credited must be the one
that the device printed, and nothing beyond the allow-list may have been received; between rounds no thread,
socket or file descriptor may be left, nor the memory grow. Faults are a function of one number for each
round, which is printed when a round fails and can be given again.
"""

import argparse
import ctypes
import gc
import logging
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from collector import session as conversation
from collector.capture import Capture, CaptureStatus
from collector.collect import Collection, collect
from collector.credentials import Login, Secret
from collector.host_keys import HostKeyRules
from collector.inventory import Device
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.run_record import OutcomeReason, RunState
from collector.simulator.device import SimulatedDevice
from collector.simulator.faults import CommandFaults, Faults, printed
from collector.simulator.server import Simulator
from collector.visit import Limits
from parsers.reader import read_facts
from tests.collector.lab import PASSWORD, USER, VERSIONS, now, plan_for, switch

DEVICES = 200
HEALTHY = 0.6
"""Part of the devices with which nothing is wrong in a round."""
TIMEOUT_S = 4.0
LIMITS = Limits(threads=40, connect_s=4, device_s=30, run_s=300, output_bytes=1_500_000)
GREETING_S, RESYNC_S = 6.0, 1.0
WARM_UP = 2
"""Rounds after which the memory is taken as the measure."""
GROWTH_BYTES = 60_000_000
"""Most that the memory may grow beyond it."""
_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
QUIET_S = 10.0
"""Longest time after a round until its threads and sockets are gone."""


@dataclass(frozen=True)
class Kind:
    """One kind of fault and the reasons that fit it."""

    reasons: frozenset[OutcomeReason | None]
    device: Callable[[random.Random], Faults] | None = None
    command: Callable[[random.Random], CommandFaults] | None = None
    complete: bool = True
    """The answer with the fault is still the whole of what the device printed."""


def _kind(*reasons: OutcomeReason | None, **what: object) -> Kind:
    return Kind(frozenset(reasons), **what)  # type: ignore[arg-type]


UNREACHABLE, LOGIN_FAILED = OutcomeReason.UNREACHABLE, OutcomeReason.LOGIN_FAILED
TIMED_OUT, CUT = OutcomeReason.TIMED_OUT, OutcomeReason.CUT

KINDS: Mapping[str, Kind] = {
    "healthy": _kind(None),
    "closed port": _kind(UNREACHABLE, device=lambda _: Faults(closed_port=True)),
    "hung": _kind(UNREACHABLE, device=lambda _: Faults(hung=True)),
    "changed key": _kind(LOGIN_FAILED, device=lambda _: Faults(changed_host_key=True)),
    "refused login": _kind(LOGIN_FAILED, device=lambda _: Faults(refused_login=True)),
    "no prompt": _kind(TIMED_OUT, device=lambda _: Faults(no_prompt=True)),
    "banner": _kind(None, device=lambda r: Faults(banner_lines=r.randrange(1, 500))),
    "slow prompts": _kind(None, device=lambda r: Faults(prompt_delay_s=r.uniform(0.0, 0.05))),
    "pager": _kind(None, device=lambda _: Faults(stuck_pager=True), complete=False),
    "log lines": _kind(None, command=lambda r: CommandFaults(syslog_every=r.randrange(1, 8)), complete=False),
    "encoding": _kind(None, command=lambda _: CommandFaults(gbk=True)),
    "refused": _kind(None, command=lambda _: CommandFaults(refused=True), complete=False),
    "no privilege": _kind(None, command=lambda _: CommandFaults(no_privilege=True), complete=False),
    "garbage": _kind(
        None,
        TIMED_OUT,
        command=lambda r: CommandFaults(garbage_bytes=r.randrange(1, 5000)),
        complete=False,
    ),
    "large": _kind(None, command=lambda r: CommandFaults(size_bytes=r.randrange(1, 1_000_000))),
    # Which of its two limits an endless output meets first, in size or in time, is up to the machine.
    "endless": _kind(CUT, TIMED_OUT, command=lambda _: CommandFaults(endless=True), complete=False),
    "silence": _kind(TIMED_OUT, command=lambda r: CommandFaults(silent_after=r.random()), complete=False),
    "cut": _kind(CUT, command=lambda r: CommandFaults(cut_after=r.random()), complete=False),
    "new name": _kind(TIMED_OUT, command=lambda _: CommandFaults(rename="renamed"), complete=False),
    "clock": _kind(None, command=lambda r: CommandFaults(clock_off_s=r.uniform(-1e8, 1e8))),
}


@dataclass(frozen=True)
class Member:
    """One switch of a round, what is wrong with it and with which command."""

    switch: SimulatedDevice
    kind: str
    command: str


class RoundError(AssertionError):
    """Something in a round that must not be."""


def demand(true: bool, what: str) -> None:
    """Raise RoundError with what is not as it must be."""
    if not true:
        raise RoundError(what)


def members(number: int, count: int) -> Iterator[Member]:
    """Give the switches of a round; the same number gives the same ones."""
    rng = random.Random(number)
    for index in range(count):
        kind = "healthy" if rng.random() < HEALTHY else rng.choice(list(KINDS))
        platform = rng.choice(sorted(VERSIONS))
        command = asked_in_the_middle(platform)
        faults = Faults()
        fault = KINDS[kind]
        if fault.device is not None:
            faults = fault.device(rng)
        elif fault.command is not None:
            faults = Faults(commands={command: fault.command(rng)})
        made = switch(
            platform,
            name=f"sw-{index:03}",
            faults=faults,
            think_s=rng.uniform(0.0, 0.01),
            host=f"127.31.{index // 250}.{index % 250 + 1}",
        )
        yield Member(made, kind, command)


def asked_in_the_middle(platform: str) -> str:
    """A command that is asked after the identifying one."""
    return platforms()[platform].facts["cpu"][0].any_of[0]


def play(number: int, count: int, folder: Path) -> Counter[str]:
    """Play one round and check all of it; gives how often each fault came."""
    round_ = list(members(number, count))
    with Simulator([member.switch for member in round_]) as simulator:
        known_hosts = folder / "known_hosts"
        known_hosts.write_text(simulator.known_hosts(), "utf-8")
        devices = tuple(
            Device(
                name=m.switch.name,
                host=simulator.address(m.switch.name)[0],
                port=simulator.address(m.switch.name)[1],
                credential=f"c{index}",
                timeout_s=TIMEOUT_S,
            )
            for index, m in enumerate(round_)
        )
        plan = plan_for(devices)
        plan = plan.model_copy(update={"site": plan.site.model_copy(update={"max_login_failures": count})})
        run = RunFolder.create(folder / "data", plan)
        # A credential for each, since the first refusal of one spares all its other devices.
        logins = {device.credential: Login(USER, Secret(PASSWORD)) for device in devices}
        result = collect(plan, run, logins, now=now, host_keys=HostKeyRules((known_hosts,)), limits=LIMITS)
    check_outcomes(round_, result, run)
    check_outputs(round_, run)
    return Counter(member.kind for member in round_)


def check_outcomes(round_: list[Member], result: Collection, run: RunFolder) -> None:
    """Every device is accounted for, with a reason that its fault explains, and got nothing forbidden."""
    demand(result.interrupted == "", f"interrupted: {result.interrupted}")
    demand(run.state is RunState.COLLECTED, f"the run is {run.state}")
    demand(run.outcomes() == (result.outcomes, ()), "the folder tells other outcomes")
    demand([o.device for o in result.outcomes] == [m.switch.name for m in round_], "a device is missing")
    for member, outcome in zip(round_, result.outcomes, strict=True):
        what = f"{outcome.device} ({member.switch.platform.id}, {member.kind})"
        demand(outcome.reason in KINDS[member.kind].reasons, f"{what}: {outcome.reason} {outcome.detail}")
        demand((outcome.detail == "") is (outcome.reason is None), f"{what}: detail {outcome.detail!r}")
        demand("内部错误" not in outcome.detail, f"{what}: {outcome.detail}")
        demand(member.switch.beyond_allowed() == (), f"{what} received {member.switch.beyond_allowed()}")
        demand(len(member.switch.logins) <= 1, f"{what}: {len(member.switch.logins)} logins")


def check_outputs(round_: list[Member], run: RunFolder) -> None:
    """What is credited as a complete answer is what the device printed to that command."""
    stored, damage = run.captures()
    demand(damage == (), f"damaged: {damage}")
    captures: dict[str, list[Capture]] = {}
    for entry in stored:
        captures.setdefault(entry.capture.device, []).append(entry.capture)
    for member in round_:
        mine = captures.get(member.switch.name, [])
        for capture in mine:
            check_output(member, capture)
        if mine:
            read_facts(member.switch.platform, mine)


def check_output(member: Member, capture: Capture) -> None:
    """One answer that is called complete."""
    what = f"{capture.device} ({member.kind}) {capture.command}"
    fault = KINDS[member.kind]
    at_fault = fault.device is not None or capture.command == member.command
    if capture.status is not CaptureStatus.OK:
        demand(at_fault and member.kind != "healthy", f"{what}: {capture.status} {capture.detail}")
        return
    demand(capture.elapsed_s is not None and capture.elapsed_s >= 0, f"{what}: took {capture.elapsed_s}")
    demand(capture.raw.lstrip(b"\r\n").startswith(capture.command.encode()), f"{what}: no echo")
    if at_fault and not fault.complete:
        return
    faults = member.switch.faults.of(capture.command)
    expected = printed(member.switch.outputs[capture.command], faults, "")
    body = capture.raw.partition(b"\r\n")[2]
    demand(body.startswith(expected), f"{what}: {len(body)} bytes, not the {len(expected)} printed")
    rest = body[len(expected) :].decode()
    prompt = member.switch.dialect.prompt.format(name=member.switch.name)
    demand(rest == prompt, f"{what}: then {rest[:60]!r}, not the prompt")


@dataclass(frozen=True)
class Held:
    """What this process holds."""

    threads: frozenset[str]
    files: Counter[str]
    resident_bytes: int


def held() -> Held:
    """Look at this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return Held(
        frozenset(thread.name for thread in threading.enumerate()),
        Counter(_kinds_of_files()),
        pages * os.sysconf("SC_PAGE_SIZE"),
    )


def _kinds_of_files() -> Iterator[str]:
    for entry in list(Path("/proc/self/fd").iterdir()):
        try:
            yield str(entry.readlink()).partition(":")[0]
        except FileNotFoundError:
            continue  # the one with which the folder itself is read


def nothing_left(before: Held) -> Held:
    """Wait until threads and files are those of before; raises RoundError naming what is left."""
    until = time.monotonic() + QUIET_S
    while True:
        present = held()
        threads, files = present.threads - before.threads, present.files - before.files
        if not threads and not files:
            return present
        demand(time.monotonic() < until, f"left: threads {sorted(threads)}, files {dict(files)}")
        time.sleep(0.1)


def soak(seconds: float, first: int, count: int) -> int:
    """Play rounds until the time is up; gives how many failed."""
    until = time.monotonic() + seconds
    number, failed, measure = first, 0, 0
    met: Counter[str] = Counter()
    while time.monotonic() < until and failed < 5:
        folder = Path(tempfile.mkdtemp(prefix="soak-"))
        before = held()
        try:
            met += play(number, count, folder)
            present = nothing_left(before)
            if number - first == WARM_UP:
                measure = present.resident_bytes
            grown = present.resident_bytes - measure if measure else 0
            demand(grown < GROWTH_BYTES, f"the memory has grown by {grown / 1e6:.0f} MB")
        except Exception as error:  # noqa: BLE001 - every kind of failure is one
            failed += 1
            sys.stdout.write(f"round {number}: {type(error).__name__}: {error}\n")
        else:
            memory = present.resident_bytes / 1e6
            sys.stdout.write(f"round {number}: {count} devices, {memory:.0f} MB\n")
        sys.stdout.flush()
        shutil.rmtree(folder)
        number += 1
    faults = ", ".join(f"{kind} {times}" for kind, times in met.most_common())
    sys.stdout.write(f"{number - first} rounds from {first}, {failed} failed; {faults}\n")
    return failed


def _use_one_heap() -> None:
    """Have the GNU C library use one heap for all threads, where that is the one in use.

    Of the 16 that it uses otherwise on two cores, each keeps as much as it ever held for one large answer, so
    that the memory grows for half an hour, with nothing in it.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_ARENA_MAX, 1)


def main() -> int:
    """Run rounds until the time is up; 1 when one failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=float, default=1800)
    options.add_argument("--start", type=int, help="number of the first round; random without it")
    options.add_argument("--devices", type=int, default=DEVICES)
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    conversation._GREETING_S, conversation._RESYNC_S = GREETING_S, RESYNC_S
    _use_one_heap()
    first = random.SystemRandom().randrange(10**9) if chosen.start is None else chosen.start
    return 1 if soak(chosen.seconds, first, chosen.devices) else 0


if __name__ == "__main__":
    sys.exit(main())
