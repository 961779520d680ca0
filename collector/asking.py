"""Asking a recognised device: steps in turn, alternatives where one is refused, nothing of a dead session."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from collector.allowlist import Guard
from collector.capture import Capture, CaptureStatus
from collector.errors import SessionCutError, SessionTimedOutError, StoppedError
from collector.platform import Platform, Step
from collector.session import Session

_NEXT_ALTERNATIVE = (CaptureStatus.REFUSED, CaptureStatus.NO_PRIVILEGE)


def prepare(session: Session, platform: Platform, limit_s: float) -> None:
    """Let through what this platform may be sent, from now on, and switch its pager off.

    Raises DeviceError when the session is dead after that.
    """
    session.wire.guard = Guard(platform)
    for line in platform.no_paging:
        # Refused is no harm: the pager is then answered page by page.
        _check_alive(session, session.ask(line, limit_s, platform), "")


def steps_of(platform: Platform, facts: Iterable[str]) -> tuple[Step, ...]:
    """Give what to ask a device for these facts, nothing twice."""
    wanted = (step for fact in facts for step in platform.facts.get(fact, ()))
    return tuple({step.any_of: step for step in wanted}.values())


def counting(platform: Platform, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Give those of these steps whose answers hold counters."""
    commands = {command for counted in platform.counters.values() for command in counted}
    return tuple(step for step in steps if not commands.isdisjoint(step.any_of))


def unanswered(steps: Iterable[Step], answered: Mapping[str, CaptureStatus]) -> tuple[Step, ...]:
    """Give what of these steps is still to be asked where these commands were answered before.

    A refusal is an answer too; what was cut or timed out is none.
    """
    rest = []
    for step in steps:
        passed = {c for c in step.any_of if answered.get(c) in _NEXT_ALTERNATIVE}
        left = tuple(command for command in step.any_of if command not in passed)
        if left and answered.get(left[0]) is not CaptureStatus.OK:
            rest.append(step.model_copy(update={"any_of": left}))
    return tuple(rest)


def ask_steps(
    session: Session,
    platform: Platform,
    steps: Sequence[Step],
    limit_s: float,
    *,
    keep: Callable[[Capture], None],
    tell: Callable[[Capture, int], None] = lambda _capture, _done: None,
    after: int = 0,
) -> None:
    """Ask every step of a prepared session, each command once.

    `keep` is given every capture, a doubtful one a second time, when it is better; `tell` every answered
    command with the number of steps begun. `after` is how many steps come when these are done. Raises
    DeviceError when nothing more can be asked.
    """
    answers: dict[str, Capture] = {}

    def ask(command: str) -> None:
        answers[command] = session.ask(command, limit_s, platform)
        keep(answers[command])

    for done, step in enumerate(steps, 1):
        for command in step.any_of:
            if command not in answers:
                before = next(reversed(answers), None)
                ask(command)
                if session.slipped and before is not None:
                    # Something of the answer before may have come after its seeming end.
                    ask(before)
                rest = len(steps) - done + after
                tell(answers[command], done)
                _check_alive(session, answers[command], f"，其余 {rest} 项未采集" if rest else "")
            if answers[command].status not in _NEXT_ALTERNATIVE:
                break


def _check_alive(session: Session, capture: Capture, rest: str) -> None:
    """Raise when nothing more can be asked after this capture."""
    if session.stop.is_set():
        raise StoppedError(f"采集在 {capture.command} 处被中止{rest}")
    if capture.status is CaptureStatus.CUT:
        raise SessionCutError(f"{capture.command}：{capture.detail}{rest}")
    if capture.status is CaptureStatus.TIMED_OUT and not session.resync(capture.raw):
        raise SessionTimedOutError(f"{capture.command}：{capture.detail}，之后设备不再响应{rest}")
