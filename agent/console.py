"""Talking to the person, or the script, that runs a command."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.console import Console as RichConsole

_UNBOUNDED = 100_000
"""Characters in a line of what nobody sees on a terminal."""


class Meter(Protocol):
    """Something that can be told how far a device has got."""

    def device(self, name: str, state: str, done: int, total: int) -> None:
        """Show one device: what it is doing, and how many of its commands are done."""


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output for results, standard error for everything else.

    `quiet` leaves nothing but errors; `json` replaces the results by one line of JSON.
    """

    quiet: bool = False
    json: bool = False
    verbose: bool = False
    """What happens is told line by line, with no bars that would overwrite it."""

    def say(self, text: str = "") -> None:
        """Print a line of the result; nothing when a script is reading."""
        if not (self.quiet or self.json):
            sys.stdout.write(text + "\n")

    def error(self, text: str) -> None:
        """Print an error, always."""
        sys.stderr.write(f"error: {text}\n")

    def note(self, text: str) -> None:
        """Print something worth knowing that is no result."""
        if not self.quiet:
            sys.stderr.write(text + "\n")

    def result(self, data: Mapping[str, Any]) -> None:
        """Print the result for a script, when one asked for it."""
        if self.json:
            sys.stdout.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "", long: str = ""
    ) -> None:
        """Print a table; where it is wider than the terminal, the first column and `long` are broken.

        Columns of numbers stand to the right. Where the output is no terminal nothing is broken.
        """
        if self.quiet or self.json:
            return
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for place, heading in enumerate(headings):
            cells = [row[place] for row in rows]
            table.add_column(
                heading,
                overflow="fold",
                no_wrap=heading not in (headings[0], long),
                justify="right" if all(cell.isdecimal() or cell == "-" for cell in cells) else "left",
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        if title:
            self.say(title)
        self._rich(stderr=False).print(table)

    @property
    def interactive(self) -> bool:
        """Whether somebody is there who can be asked."""
        return sys.stdin.isatty()

    def ask_password(self, prompt: str) -> str:
        """Ask for a password at the terminal, unseen; empty when nobody answers (Ctrl-D)."""
        from getpass import getpass

        try:
            return getpass(prompt)
        except EOFError:
            self.note("")
            return ""

    @contextmanager
    def meter(self, title: str, names: Sequence[str]) -> Iterator[Meter]:
        """Progress bars, one per device and one for all; silent when a script is reading."""
        if self.quiet or self.json or self.verbose or not sys.stderr.isatty():
            yield _Silent()
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[state]}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._rich(stderr=True)) as progress:
            whole = progress.add_task(title, total=len(names), state="")
            yield _Bars(progress, whole, {})

    @contextmanager
    def working(self, on: str) -> Iterator[None]:
        """Show that something is being done that has no measure; silent when a script is reading."""
        if self.quiet or self.json or self.verbose or not sys.stderr.isatty():
            yield
            return
        with self._rich(stderr=True).status(on):
            yield

    def _rich(self, *, stderr: bool) -> "RichConsole":
        from rich.console import Console as RichConsole

        stream = sys.stderr if stderr else sys.stdout
        return RichConsole(file=stream, highlight=False, width=None if stream.isatty() else _UNBOUNDED)


class _Silent:
    def device(self, name: str, state: str, done: int, total: int) -> None:
        """Say nothing."""


@dataclass(slots=True)
class _Bars:
    progress: Any
    whole: Any
    tasks: dict[str, Any]
    finished: int = 0

    def device(self, name: str, state: str, done: int, total: int) -> None:
        """Move one device's bar; a device that is done leaves the screen."""
        if name not in self.tasks:
            self.tasks[name] = self.progress.add_task(f"  {name}", total=total or None, state=state)
        task = self.tasks[name]
        ended = state in ("done", "failed")
        self.progress.update(task, completed=done, total=total or None, state=state, visible=not ended)
        if ended:
            self.finished += 1
            self.progress.update(self.whole, completed=self.finished)
