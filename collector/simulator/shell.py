"""The command line of one login: which view it is in, and what it answers to a line."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from collector.simulator.commands import Mistake
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.faults import NONE, CommandFaults, printed, printed_always_so
from collector.simulator.texts import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back for one line."""

    out: bytes = b""
    faults: CommandFaults = NONE
    think_s: float = 0.0
    question: str = ""
    """The next line answers it; no prompt comes before."""
    ends: bool = False
    """The session is over."""


class Shell:
    """Knows the view, the pager's setting and the name in the prompt; knows nothing of SSH."""

    def __init__(self, device: SimulatedDevice, account: Account) -> None:
        self.paging = True
        self._device = device
        self._account = account
        self._name = device.name
        self._views: list[str] = []
        """Configuration views that are open: the first is the system's, then an interface's."""

    @property
    def prompt(self) -> bytes:
        """The prompt of the present view."""
        dialect = self._device.dialect
        form = dialect.config_prompt if self._views else dialect.prompt
        return form.format(name=self._name, sub=self._views[-1] if self._views else "").encode()

    def greeting(self) -> bytes:
        """What is printed between login and the first prompt."""
        count = self._device.faults.banner_lines
        banner = "".join(
            f"# {number:04} authorized use only # {'#' * 40}\n" for number in range(1, count + 1)
        )
        return printed(self._render(banner + self._device.dialect.greeting), NONE, "")

    def execute(self, line: str) -> Answer:
        """Take one line, as a device in this view does."""
        if not line.strip():
            return Answer()
        command = self._device.commands.resolve(line)
        if self._views and (isinstance(command, Mistake) or command in self._device.dialect.asks):
            return self._configure(line)
        if isinstance(command, Mistake):
            return self._text(self._pointed(command, line))
        faults = self._device.faults.of(command)
        if faults.refused:
            return self._text(self._pointed(Mistake("unknown", line.rfind(" ") + 1), line))
        if faults.no_privilege or command in self._account.denied:
            return self._text(self._device.dialect.denied)
        if command in self._device.outputs:
            return self._print(command, faults)
        return self._session_command(command)

    def back_to_first_view(self) -> None:
        """Do what Ctrl-Z does."""
        self._views.clear()

    def _print(self, command: str, faults: CommandFaults) -> Answer:
        device = self._device
        syslog = self._render(device.dialect.syslog.format(name=self._name)) if faults.syslog_every else ""
        self._name = faults.rename or self._name
        text = device.outputs[command]
        if faults is NONE and "{{" not in text:
            out = printed_always_so(text)
        else:
            out = printed(self._render(text, timedelta(seconds=faults.clock_off_s)), faults, syslog)
        return Answer(out=out, faults=faults, think_s=device.think_by_command.get(command, device.think_s))

    def _session_command(self, command: str) -> Answer:
        dialect = self._device.dialect
        if command == dialect.pager_off:
            self.paging = self._device.faults.stuck_pager
            return self._text(dialect.pager_off_text)
        if command == dialect.enter_config:
            self._views = [""]
            return self._text(dialect.entered_config)
        if command in dialect.asks:
            return Answer(question=dialect.asks[command])
        if command in dialect.leave_config:
            self._views.clear()
        elif command in dialect.leave:
            if not self._views:
                return Answer(ends=True)
            self._views.pop()
        return Answer()

    def _configure(self, line: str) -> Answer:
        """Accept any line of configuration without a word; nothing else would show that it was sent."""
        interface = re.fullmatch(r"\s*int\w*\s+(.+)", line)
        if interface:
            self._views[1:] = [self._device.dialect.interface_view.format(interface=interface[1])]
        return Answer()

    def _text(self, text: str) -> Answer:
        return Answer(out=printed(text, NONE, ""), think_s=self._device.think_s)

    def _pointed(self, mistake: Mistake, line: str) -> str:
        column = len(self.prompt.decode()) + mistake.column
        return f"{' ' * column}^\n{getattr(self._device.dialect, mistake.kind)}"

    def _render(self, text: str, clock_off: timedelta = timedelta()) -> str:
        return render(text, datetime.now(UTC) + clock_off, monotonic() - self._device.begun)
