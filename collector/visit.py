"""One device, from its lock to its outcome."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from collector.allowlist import Guard
from collector.asking import ask_steps, counting, prepare, steps_of, unanswered
from collector.capture import Capture, CaptureStatus
from collector.credentials import Login
from collector.device_lock import device_lock
from collector.errors import (
    AuthenticationError,
    AuthorizationError,
    LoginFailedError,
    SessionCutError,
    SessionTimedOutError,
    StoppedError,
    UnreachableError,
    UnsupportedPlatformError,
    XunjianError,
)
from collector.events import CommandDone, DeviceRecognised, Event, LoginEnded
from collector.gates import obstacle
from collector.host_keys import HostKeyRules
from collector.hub import aside, pause
from collector.inventory import Device
from collector.jump_hosts import JumpHosts
from collector.platform import Platform, Step, platforms
from collector.profile import ProfileName, profiles
from collector.recognition import recognise
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome, OpenedSession, OutcomeReason, Plan
from collector.session import Session, SessionLimits
from collector.telnet import TelnetWire
from collector.vty import Vty
from collector.wire import Wire

_LAST_ANSWERS_S = 20.0
"""Kept of a device's time for the second answers."""
_REASONS: tuple[tuple[type[XunjianError], OutcomeReason], ...] = (
    (UnreachableError, OutcomeReason.UNREACHABLE),
    (LoginFailedError, OutcomeReason.LOGIN_FAILED),
    (UnsupportedPlatformError, OutcomeReason.UNSUPPORTED),
    (SessionTimedOutError, OutcomeReason.TIMED_OUT),
    (SessionCutError, OutcomeReason.CUT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far collecting may go."""

    threads: int = 20
    """Devices worked on at the same time."""
    processes: int = 1
    """Processes that share the work, this one among them."""
    connect_s: float = 10.0
    """Longest wait for the TCP connection, and for the SSH greeting."""
    device_s: float = 300.0
    """Longest time on one device, from its login on."""
    run_s: float = 7200.0
    """Longest time for the whole run; what is not done then stays undone and is reported."""
    output_bytes: int = 16_000_000
    """Most that one command may print."""
    sample_gap_s: float = 0.0
    """Least time between two answers that hold counters, where the device's time allows; 0: ask once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a device answered earlier in the same run, which was resumed since."""

    platform: str
    answered: Mapping[str, CaptureStatus]
    """By command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all visits of one run share."""

    plan: Plan
    folder: RunFolder
    host_keys: HostKeyRules
    limits: Limits
    run_deadline: float
    """Of `time.monotonic`."""
    now: Callable[[], datetime]
    stop: threading.Event
    emit: Callable[[Event], None] = field(repr=False)
    jump_hosts: JumpHosts = field(repr=False)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """By device; only the rest is asked."""

    @property
    def data(self) -> Path:
        """The data folder, where locks lie."""
        return self.folder.data

    def check_start(self) -> None:
        """Raise StoppedError or AuthorizationError when no further device may be begun."""
        if self.stop.is_set():
            raise StoppedError("采集被中止，尚未开始")
        if monotonic() >= self.run_deadline:
            raise StoppedError("整次运行的时限已到，尚未开始")
        moment, allowed = self.now(), self.plan.authorization
        if not allowed.open_at(moment):
            until = allowed.valid_until or "不限"
            raise AuthorizationError(f"不在授权时段内（{allowed.valid_from} 至 {until}），尚未开始")
        closed = obstacle(self.plan.site, self.plan.profile, moment, self.plan.override)
        if closed:
            raise AuthorizationError(f"{closed}，尚未开始")


def visit(device: Device, login: Login, job: Job) -> DeviceOutcome:
    """Log in to one device, recognise it, ask it all that the plan needs, and store everything.

    Never raises for what a device does: that is the outcome, which is stored as well.
    """
    started_at = job.now()
    platform: Platform | None = None
    reason, detail = None, ""
    try:
        job.check_start()
        with (
            device_lock(job.data, device.host, device.port, run_id=job.plan.run_id, now=started_at),
            _session_with(device, login, job) as wire,
        ):
            deadline = min(job.run_deadline, monotonic() + job.limits.device_s)
            limits = SessionLimits(deadline=deadline, max_bytes=job.limits.output_bytes)
            session = Session(wire, device.name, limits=limits, now=job.now, stop=job.stop)
            platform = _recognised(session, device, job)
            job.folder.add_outcome(
                DeviceOutcome(
                    device=device.name,
                    reached=True,
                    platform=platform.id,
                    reason=None,
                    detail="",
                    started_at=started_at,
                )
            )
            _ask_everything(session, platform, device, job, deadline)
    except XunjianError as error:
        # The error itself would hold this frame, which holds it, and with that the whole connection.
        reason, detail = _reason(error), str(error)
    outcome = DeviceOutcome(
        device=device.name,
        reached=platform is not None,
        platform=None if platform is None else platform.id,
        reason=reason,
        detail=detail,
        started_at=started_at,
        ended_at=job.now(),
    )
    job.folder.add_outcome(outcome)
    return outcome


def _recognised(session: Session, device: Device, job: Job) -> Platform:
    """Recognise the device; raises UnsupportedPlatformError also when it was another one before."""
    platform = recognise(session, platforms().values(), device.platform, device.timeout_s).platform
    kept = job.kept.get(device.name)
    if kept is not None and kept.platform != platform.id:
        raise UnsupportedPlatformError(
            f"本次运行先前识别为 {kept.platform}，续采时识别为 {platform.id}，设备可能已更换，未续采"
        )
    return platform


def _reason(error: XunjianError) -> OutcomeReason:
    found = (reason for kind, reason in _REASONS if isinstance(error, kind))
    return next(found, OutcomeReason.NOT_COLLECTED)


def _here(call: Callable[..., Any], *args: Any) -> Any:
    return call(*args)


@contextmanager
def _session_with(device: Device, login: Login, job: Job) -> Iterator[Vty]:
    """Log in, and end the session with the block; both are written down."""
    do = aside if _blocks(device, login) else _here
    wire = _log_in(device, login, job, do)
    record = OpenedSession.of_device(device, job.now())
    try:
        job.folder.add_session(record)
        yield wire
    except SessionCutError as error:
        hop = job.jump_hosts.broken(device)
        raise SessionCutError(f"{error}（跳板机 {hop} 的连接已断开）" if hop else str(error)) from None
    finally:
        do(wire.disconnect)
        job.folder.add_session(record.closed(job.now()))


def _blocks(device: Device, login: Login) -> bool:
    """Tell whether logging in or out may keep the thread that does it from everything else.

    A jump host's connection is waited for by threads, and an agent may ask its owner before it signs.
    """
    return bool(device.jump) or login.use_agent or device.protocol == "telnet"


def _log_in(device: Device, login: Login, job: Job, do: Callable[..., Any]) -> Wire | TelnetWire:
    try:
        wire: Wire | TelnetWire = do(_opened, device, login, job)
    except AuthenticationError:
        job.emit(LoginEnded(device.name, accepted=False))
        raise
    job.emit(LoginEnded(device.name, accepted=True))
    return wire


def _opened(device: Device, login: Login, job: Job) -> Wire | TelnetWire:
    guard, connect_s, dial = Guard.before_recognition(()), job.limits.connect_s, job.jump_hosts.way_to(device)
    if device.protocol == "telnet":
        return TelnetWire(
            device.host,
            device.port,
            login,
            guard=guard,
            prompts=(platform.prompt for platform in platforms().values()),
            connect_s=connect_s,
            stop=job.stop,
            dial=dial,
        )
    return Wire(
        device.host,
        device.port,
        login,
        guard=guard,
        rules=job.host_keys,
        connect_s=connect_s,
        stop=job.stop,
        legacy=device.legacy,
        dial=dial,
    )


def _ask_everything(session: Session, platform: Platform, device: Device, job: Job, deadline: float) -> None:
    """Ask every step; what holds counters first and last, so that most of the wait is spent working."""
    prepare(session, platform, device.timeout_s)
    steps = steps_for(platform, job.plan.facts, job.plan.profile)
    if device.name in job.kept:
        steps = unanswered(steps, job.kept[device.name].answered)
    counted = counting(platform, steps) if _samples(job) else ()
    others = tuple(step for step in steps if step not in counted)
    total, done = len(counted) + len(steps), 0
    job.emit(DeviceRecognised(device.name, platform.id, total))

    def ask(these: Sequence[Step], *, earlier: bool = False) -> None:
        nonlocal done
        before = done

        def keep(capture: Capture) -> None:
            job.folder.add_capture(replace(capture, earlier=True) if earlier else capture)

        def tell(capture: Capture, begun: int) -> None:
            job.emit(CommandDone(device.name, capture.command, capture.status, before + begun))

        done += len(these)
        ask_steps(session, platform, these, device.timeout_s, keep=keep, tell=tell, after=total - done)

    ask(counted, earlier=True)
    first_at = monotonic()
    ask(others)
    if counted:
        _wait_for_growth(first_at, deadline, job)
    ask(counted)


def _samples(job: Job) -> bool:
    return job.limits.sample_gap_s > 0 and profiles()[job.plan.profile].sampled


def _wait_for_growth(first_at: float, deadline: float, job: Job) -> None:
    """Wait until counters had time to grow, as far as the device's time goes."""
    until = min(first_at + job.limits.sample_gap_s, deadline - _LAST_ANSWERS_S)
    pause(until, job.stop)


def steps_for(
    platform: Platform, facts: Iterable[str], profile: ProfileName = ProfileName.FULL
) -> tuple[Step, ...]:
    """Give what a profile asks a device for these facts: who it is first, and nothing twice."""
    identify, how = Step(any_of=(platform.identify,)), profiles()[profile]
    rest = (step for step in steps_of(platform, how.wanted(facts)) if how.asks(platform, step))
    return (identify, *(step for step in rest if step.any_of != identify.any_of))
