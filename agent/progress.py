"""What happens during collecting and reading, shown as it happens."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from agent.console import Console, Meter
from collector.events import CommandDone, DeviceDone, DeviceRecognised, Event, LoginEnded


@contextmanager
def progress(console: Console, title: str, names: Sequence[str]) -> Iterator[Callable[[Event], None]]:
    """Give the listener to hand to `collect`; its bars are gone when the block ends."""
    with console.meter(title, names) as meter:
        yield _Listener(meter).hear


@contextmanager
def reading(console: Console, names: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Give the listener to hand to `judge_run`; its bar is gone when the block ends."""
    with console.meter("reading and judging", names) as meter:
        yield lambda device: meter.device(device, "done", 0, 0)


@dataclass(slots=True)
class _Listener:
    meter: Meter
    totals: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)

    def hear(self, event: Event) -> None:
        match event:
            case LoginEnded(device, accepted, hop):
                state = "logged in" if accepted else "login refused"
                self._show(device, f"{hop}: {state}" if hop else state)
            case DeviceRecognised(device, platform, commands):
                self.totals[device] = commands
                self._show(device, platform)
            case CommandDone(device, command, _, done):
                self.done[device] = done
                self._show(device, command)
            case DeviceDone(outcome):
                self._show(outcome.device, "done" if outcome.reached else "failed")

    def _show(self, device: str, state: str) -> None:
        self.meter.device(device, state, self.done.get(device, 0), self.totals.get(device, 0))
