"""`xunjian unread`: the parse ledger of a run, and the bundle with which the next template is written."""

import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from agent.console import Console
from agent.exit_codes import ExitCode
from collector.capture import Capture, CaptureStatus
from collector.errors import XunjianError
from collector.platform import Platform, platforms
from collector.run_folder import RunFolder
from collector.runs import open_run
from parsers.anonymous import Anonymiser, names_in, strange_words
from parsers.facts import UnreadLine
from parsers.guarded import Printed, ReadDevice, read_devices
from parsers.ledger import ReadResult, read_results
from parsers.masking import mask_line
from parsers.reader import unread_lines
from parsers.text import clean
from parsers.time_limit import Budget

_TYPED = re.compile(r"[A-Za-z]{3,}")


class BundleError(XunjianError):
    """The bundle cannot be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One command of one device in the ledger."""

    device: str
    platform: Platform
    capture: Capture
    result: ReadResult
    unread: tuple[UnreadLine, ...]
    names: frozenset[str]
    """What the facts of its device name."""


def show_unread(name: str, data: Path, bundle: Path | None, console: Console) -> ExitCode:
    """Print what was not understood of a run and, when asked for, write it as an anonymised bundle.

    Code 1 says that something was not understood. Raises RunFolderError for what is no run, BundleError for
    a bundle that cannot be written.
    """
    with console.working("reading the captures again"):
        entries = list(_ledger(open_run(name, data)))
    lost = [entry for entry in entries if not entry.result.understood]
    written = _write_bundle(bundle, entries) if bundle is not None else ()
    console.result(
        {
            "results": Counter(entry.result.value for entry in entries),
            "not_understood": [_as_data(entry) for entry in lost],
            "bundle": None if bundle is None else str(bundle),
        }
    )
    rows = [(e.device, e.capture.command, e.result.value, str(len(e.unread)), e.capture.detail) for e in lost]
    console.table(("device", "command", "result", "unread", "detail"), rows, long="detail")
    counted = Counter(entry.result.value for entry in entries)
    console.say(", ".join(f"{result}: {count}" for result, count in sorted(counted.items())))
    if bundle is not None:
        console.say(
            f"{bundle}: {len(written)} outputs; look at look-at-these-words.txt in it before sending it"
        )
    return ExitCode.FINDINGS if lost else ExitCode.CLEAN


def _ledger(run: RunFolder) -> Iterator[Entry]:
    """Read a run again, device by device."""
    stored, _ = run.captures()
    outcomes, _ = run.outcomes()
    by_device: dict[str, list[Capture]] = {}
    for each in stored:
        by_device.setdefault(each.capture.device, []).append(each.capture)
    printed = [
        Printed(platform=outcome.platform, captures=tuple(by_device[outcome.device]))
        for outcome in outcomes
        if outcome.platform in platforms() and outcome.device in by_device
    ]
    for device, read in read_devices(printed, len(printed), budget=Budget()):
        yield from _of_device(platforms()[device.platform], device.captures, read)


def _of_device(platform: Platform, captures: Sequence[Capture], read: ReadDevice) -> Iterator[Entry]:
    results = read_results(captures, read.facts, read.lines)
    unread = unread_lines(read.facts)
    names = names_in(read.facts) | {captures[0].device}
    for capture in captures:
        yield Entry(
            device=capture.device,
            platform=platform,
            capture=capture,
            result=results[capture.sha256],
            unread=tuple(line for line in unread if line.command == capture.command),
            names=names,
        )


def _as_data(entry: Entry) -> dict[str, object]:
    return {
        "device": entry.device,
        "platform": entry.platform.id,
        "command": entry.capture.command,
        "result": entry.result.value,
        "detail": entry.capture.detail,
        "unread": [{"line": line.number, "text": mask_line(line.text)} for line in entry.unread],
    }


def _write_bundle(path: Path, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Write the zip, laid out as `xunjian coverage` reads it; give the names of the outputs in it."""
    content = _bundle(entries)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(packed.getvalue())
    except OSError as error:
        raise BundleError(f"{path}: the bundle cannot be written: {error.strerror}") from error
    return tuple(name for name in content if name.count("/") == 2)


def _bundle(entries: Sequence[Entry]) -> dict[str, str]:
    """File name to text: what was answered and not understood, and the ledger of everything."""
    known = _vocabulary()
    names = {name for entry in entries for name in entry.names if _tells_somebody(name, known)}
    anonymiser = Anonymiser(names)
    numbers = {
        device: f"device-{i:03}" for i, device in enumerate(dict.fromkeys(e.device for e in entries), 1)
    }
    content: dict[str, str] = {}
    for entry in entries:
        if entry.capture.status is CaptureStatus.OK and not entry.result.understood:
            snake = entry.capture.command.replace("-", "_").replace(" ", "_")
            lines = clean(entry.capture.raw, entry.capture.command, entry.platform.prompt)
            file = f"{entry.platform.id}/{snake}/{numbers[entry.device]}.txt"
            content[file] = "\n".join(anonymiser.lines(lines)) + "\n"
    ledger = [
        {
            "device": numbers[entry.device],
            "platform": entry.platform.id,
            "command": entry.capture.command,
            "result": entry.result.value,
            "unread": [line.number for line in entry.unread],
        }
        for entry in entries
    ]
    strange = strange_words((line for text in content.values() for line in text.splitlines()), known)
    content["ledger.json"] = json.dumps(ledger, indent=1) + "\n"
    content["look-at-these-words.txt"] = "\n".join(strange) + "\n"
    return content


def _tells_somebody(name: str, known: frozenset[str]) -> bool:
    """A name that is only a number, or made of the words that every switch prints, tells nobody anything."""
    words = _TYPED.findall(name)
    return bool(words) and not all(word.lower() in known for word in words)


@cache
def _vocabulary() -> frozenset[str]:
    """Words that switches print anywhere: those of the templates and platform files."""
    folders = (files("parsers") / "templates", files("collector") / "platforms")
    texts = (file.read_text("utf-8") for folder in folders for file in _files(folder))
    return frozenset(word.lower() for text in texts for word in _TYPED.findall(text))


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith((".textfsm", ".yaml")):
            yield each
