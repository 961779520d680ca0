"""What is missing in a run, so that a resumption asks for that and nothing else."""

from dataclasses import dataclass

from collector.asking import unanswered
from collector.capture import CaptureStatus, Source
from collector.errors import RunFolderError
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome
from collector.visit import Kept, steps_for

_ANSWERS = (CaptureStatus.OK, CaptureStatus.REFUSED, CaptureStatus.NO_PRIVILEGE)


@dataclass(frozen=True, slots=True)
class Rest:
    """What is missing of one device."""

    device: str
    commands: int | None
    """How many answers; None: all, since it was not reached."""


def kept(run: RunFolder) -> dict[str, Kept]:
    """Give, for every device that was reached, what it answered; damaged captures are no answers."""
    outcomes, _ = run.outcomes()
    index = run.index([])
    found = {}
    for outcome in outcomes:
        if outcome.reached and outcome.platform is not None and outcome.platform in platforms():
            stored = run.load(index.get(outcome.device, ()), [])
            answered = {s.capture.command: s.capture.status for s in stored if s.capture.status in _ANSWERS}
            found[outcome.device] = Kept(outcome.platform, answered)
    return found


def missing(run: RunFolder) -> tuple[Rest, ...]:
    """Give every device of the plan of which something is missing, in the plan's order.

    Raises RunFolderError for a run that was imported from logs: there is no device to ask.
    """
    plan, had = run.plan, kept(run)
    outcomes, _ = run.outcomes()
    if any(outcome.source is not Source.SSH for outcome in outcomes):
        raise RunFolderError(f"run {plan.run_id} was imported from logs: import the missing ones instead")
    rest = []
    for name in plan.devices:
        if name not in had:
            rest.append(Rest(name, None))
            continue
        steps = steps_for(platforms()[had[name].platform], plan.facts, plan.profile)
        left = unanswered(steps, had[name].answered)
        if left:
            rest.append(Rest(name, len(left)))
    return tuple(rest)


def settle(run: RunFolder) -> None:
    """Give devices of which nothing is missing the outcome that a run which was killed could not write."""
    incomplete = {rest.device for rest in missing(run)}
    outcomes, _ = run.outcomes()
    for outcome in outcomes:
        if outcome.reason is not None and outcome.device not in incomplete:
            run.add_outcome(_settled(run, outcome))


def _settled(run: RunFolder, outcome: DeviceOutcome) -> DeviceOutcome:
    """End an outcome well, when the last capture was stored."""
    stored = run.load(run.index([]).get(outcome.device, []), [])
    last = max(s.capture.started_at for s in stored)
    return outcome.model_copy(update={"reason": None, "detail": "", "ended_at": outcome.ended_at or last})
