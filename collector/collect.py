"""All devices of a run, side by side: who is asked when, and how the whole ends."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from queue import Empty
from time import monotonic

from collector.authorization import permitted
from collector.credentials import Login, credential_names
from collector.errors import CredentialError
from collector.events import CommandDone, DeviceDone, DeviceRecognised, Event, LoginEnded, Mailbox
from collector.gates import admitted
from collector.host_keys import HostKeyRules
from collector.inventory import AaaServer, Device, JumpHost
from collector.jump_hosts import JumpHosts
from collector.platform import Platform
from collector.profile import ProfileName, profiles
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome, OpenedSession, OutcomeReason, Plan, RunState
from collector.schedule import Schedule
from collector.visit import Job, Kept, Limits
from collector.visits import Visits
from collector.worker_process import VisitFailedError

log = logging.getLogger(__name__)

_PATIENCE_S = 0.25
"""Longest time after which answered commands are told, and what was missed is looked for."""

ALWAYS_NEEDED = (
    "identity", "software", "uptime", "inventory", "boards", "patches", "startup", "licenses",
)  # fmt: skip
"""Facts that lists of assets and of what expires show, whichever checks are selected; cheap to ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """How collecting ended."""

    outcomes: tuple[DeviceOutcome, ...]
    """One for every planned device, in the plan's order."""
    interrupted: str
    """What cut the run short, in one sentence; empty when nothing did."""
    sessions: tuple[OpenedSession, ...]
    """Every session that the run opened, on devices and jump hosts; all closed, unless one says otherwise."""


@dataclass(frozen=True, slots=True)
class _Crashed:
    """A visit ended by an error of ours."""

    device: str
    error: BaseException


def facts_needed(needs: Iterable[str]) -> tuple[str, ...]:
    """Give the facts to collect for checks that need these, each once."""
    return tuple(dict.fromkeys((*ALWAYS_NEEDED, *needs)))


def plan_commands(
    platform: Platform, needs: Iterable[str], profile: ProfileName = ProfileName.FULL
) -> tuple[str, ...]:
    """Give every command that a profile sends to such a device for checks that need these facts."""
    return profiles()[profile].commands(platform, facts_needed(needs))


def collect(
    plan: Plan,
    folder: RunFolder,
    logins: Mapping[str, Login],
    *,
    now: Callable[[], datetime],
    host_keys: HostKeyRules | None = None,
    limits: Limits | None = None,
    aaa_servers: Mapping[str, AaaServer] | None = None,
    jump_hosts: Mapping[str, JumpHost] | None = None,
    kept: Mapping[str, Kept] | None = None,
    stop: threading.Event | None = None,
    on_event: Callable[[Event], None] | None = None,
) -> Collection:
    """Visit every device of the plan and leave the folder `collected`.

    `logins` holds one entry per credential name that the devices and the jump hosts on the way to them
    use (`credentials.resolve`); `aaa_servers` and `jump_hosts` are those of the inventory; `kept` is what
    devices need not be asked again (`resumption.kept`). `now` gives aware UTC times. `on_event` is called
    in the calling thread. Setting `stop`, or Ctrl-C in the calling thread, ends all visits soon; what was
    collected is kept and every device has its outcome. Raises AuthorizationError or CredentialError before
    any device is touched.
    """
    permitted(plan.site, plan.devices, now())
    admitted(plan.site, plan.profile, now(), plan.override)
    unknown = sorted(credential_names(plan.selected, jump_hosts or {}) - logins.keys())
    if unknown:
        raise CredentialError(f"no login for the credentials {', '.join(unknown)}")
    limits = limits or Limits()
    folder.advance(RunState.COLLECTING)
    events: Mailbox[Event | _Crashed] = Mailbox()
    host_keys, stop = host_keys or HostKeyRules(), stop or threading.Event()
    hops = JumpHosts(
        jump_hosts or {},
        logins,
        rules=host_keys,
        connect_s=limits.connect_s,
        stop=stop,
        folder=folder,
        now=now,
        emit=events.put,
    )
    job = Job(
        plan=plan,
        folder=folder,
        host_keys=host_keys,
        limits=limits,
        run_deadline=monotonic() + limits.run_s,
        now=now,
        stop=stop,
        emit=events.put,
        jump_hosts=hops,
        kept=kept or {},
    )
    schedule = Schedule(
        plan.selected,
        plan.site,
        threads=limits.threads,
        aaa_servers=aaa_servers or {},
        jump_hosts=jump_hosts or {},
    )
    with folder.kept_open(), hops, Visits(job, schedule.most_at_once) as visits:
        run = _Run(job, logins, schedule, visits, events)
        try:
            outcomes, interrupted = run.until_done(on_event or _ignore)
        except BaseException:
            job.stop.set()
            raise
    folder.advance(RunState.COLLECTED, interrupted)
    return Collection(
        outcomes=tuple(outcomes[name] for name in plan.devices),
        interrupted=interrupted,
        sessions=folder.sessions()[0],
    )


class _Run:
    """Runs the visits that the schedule lets begin, and settles the devices that it spares."""

    def __init__(
        self,
        job: Job,
        logins: Mapping[str, Login],
        schedule: Schedule,
        visits: Visits,
        events: "Mailbox[Event | _Crashed]",
    ) -> None:
        self._job = job
        self._logins = logins
        self._schedule = schedule
        self._visits = visits
        self._events = events
        self._futures: dict[str, Future[DeviceOutcome]] = {}
        self._outcomes: dict[str, DeviceOutcome] = {}
        self._platforms: dict[str, str] = {}
        """Of the devices that were reached."""
        self._unsaved: list[DeviceOutcome] = []
        """What could not be written when it was known."""
        self._changed = True
        """Something happened since what is due was started that may let others begin."""

    def until_done(self, on_event: Callable[[Event], None]) -> tuple[dict[str, DeviceOutcome], str]:
        """Run until every device has its outcome; tell also what cut the run short."""
        interrupted = ""
        while len(self._outcomes) < len(self._job.plan.devices):
            try:
                if self._changed:
                    self._start_due()
                    self._changed = False
                event = self._next_event()
                self._follow(event)
                on_event(event)
            except KeyboardInterrupt as signalled:
                if self._job.stop.is_set():
                    raise
                self._job.stop.set()
                interrupted = str(signalled) or "用户中断"
        for outcome in self._unsaved:
            self._job.folder.add_outcome(outcome)
        if not interrupted and self._job.stop.is_set():
            interrupted = "采集被中止"
        if not interrupted and monotonic() >= self._job.run_deadline:
            interrupted = f"超过整次运行的时限 {self._job.limits.run_s:g} 秒"
        return self._outcomes, interrupted

    def _start_due(self) -> None:
        """Start what is due. Ctrl-C can strike in the middle: the next time does the rest."""
        for device in self._schedule.begun():
            if device.name not in self._futures:
                self._start(device)
        for spared in self._schedule.spared():
            if spared.device.name not in self._futures:
                settled: Future[DeviceOutcome] = Future()
                settled.set_result(self._settle(spared.device.name, spared.reason, spared.detail))
                self._await(spared.device.name, settled)

    def _next_event(self) -> Event:
        """Wait for something new. Ctrl-C can strike while an end is being noted: then it is told again."""
        while True:
            try:
                event = self._events.get(timeout=_PATIENCE_S)
            except Empty:
                ended = (name for name, future in self._futures.items() if future.done())
                missed = next((name for name in ended if name not in self._outcomes), None)
                if missed is None:
                    continue
                event = _ended(missed, self._futures[missed])
            if isinstance(event, _Crashed):
                event = self._crashed(event)
            if not (isinstance(event, DeviceDone) and event.outcome.device in self._outcomes):
                return event

    def _follow(self, event: Event) -> None:
        self._changed = self._changed or not isinstance(event, CommandDone)
        match event:
            case DeviceRecognised(device, platform):
                self._platforms[device] = platform
            case LoginEnded(device, accepted, hop):
                self._schedule.login_ended(device, accepted=accepted, hop=hop)
            case DeviceDone(outcome):
                self._outcomes[outcome.device] = outcome
                self._schedule.ended(outcome.device)
            case _:
                pass

    def _settle(self, device: str, reason: OutcomeReason, detail: str) -> DeviceOutcome:
        """Give a device that is not visited, or not to its end, its outcome."""
        moment = self._job.now()
        platform = self._platforms.get(device)
        outcome = DeviceOutcome(
            device=device,
            reached=platform is not None,
            platform=platform,
            reason=reason,
            detail=detail,
            started_at=moment,
            ended_at=moment,
        )
        try:
            self._job.folder.add_outcome(outcome)
        except OSError as error:
            # What this machine lacks now it may have when the other visits have ended.
            log.warning("outcome of %s not written yet: %s", device, error)
            self._unsaved.append(outcome)
        return outcome

    def _start(self, device: Device) -> None:
        self._await(device.name, self._visits.begin(device, self._logins[device.credential]))

    def _await(self, device: str, future: "Future[DeviceOutcome]") -> None:
        self._futures[device] = future
        future.add_done_callback(lambda done: self._events.put(_ended(device, done)))

    def _crashed(self, crash: _Crashed) -> DeviceDone:
        """Turn an error of ours into this device's outcome: the others are not to suffer from it."""
        if isinstance(crash.error, OSError):
            # A full disk is nothing that a traceback explains.
            log.error("visit of %s failed: %s", crash.device, crash.error)
            detail = f"本机读写失败：{crash.error}"
        else:
            failed = crash.error
            if not isinstance(failed, VisitFailedError):
                failed = VisitFailedError.of(failed)
            log.error("visit of %s failed: %s\nTraceback:\n%s", crash.device, failed.kind, failed.frames)
            detail = f"程序内部错误：{failed.kind}"
        return DeviceDone(self._settle(crash.device, OutcomeReason.NOT_COLLECTED, detail))


def _ended(device: str, future: "Future[DeviceOutcome]") -> DeviceDone | _Crashed:
    error = future.exception()
    return DeviceDone(future.result()) if error is None else _Crashed(device, error)


def _ignore(event: Event) -> None:
    """Nobody wants to know."""
