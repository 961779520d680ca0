"""`xunjian parse` and `xunjian coverage`: what the parsers make of outputs that lie in files."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.exit_codes import ExitCode
from collector.platform import platforms
from parsers.config_tree import ConfigTree
from parsers.facts import Partial
from parsers.masking import mask_data, mask_line
from parsers.sample import NoSamplesError, Reading, Sample, read_folder, read_sample


def parse_file(platform_id: str, command: str, file: Path, console: Console) -> ExitCode:
    """Show rows, facts and unread lines of one output.

    Code 1 says that something was not understood.
    """
    platform = platforms().get(platform_id)
    if platform is None:
        console.error(f"{platform_id}: no such platform; known are {', '.join(platforms())}")
        return ExitCode.USAGE
    try:
        raw = file.read_bytes()
    except OSError as error:
        console.error(f"{file}: {error.strerror}")
        return ExitCode.USAGE
    reading = read_sample(platform, command, raw)
    console.result(_as_data(reading))
    _show(reading, console)
    return ExitCode.CLEAN if reading.understood else ExitCode.FINDINGS


def _show(reading: Reading, console: Console) -> None:
    console.say(f"{reading.platform}  {reading.command}")
    console.say(f"template {reading.template or 'none'}: {len(reading.rows)} rows of {reading.lines} lines")
    for row in reading.rows:
        console.say("  " + "  ".join(f"{name}={_cell(value)}" for name, value in row.values.items() if value))
    for name, fact in reading.facts.items():
        partly = " (partly)" if isinstance(fact, Partial) else ""
        rows = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        console.say(f"fact {name}{partly}: {len(rows)}")
        for value in rows:
            console.say(f"  {_shown(value)}")
    for name, why in reading.unreadable.items():
        console.say(f"fact {name} not read: {why}")
    for line in reading.unread:
        console.say(f"unread line {line.number}: {mask_line(line.text)}")
    if not reading.covered:
        console.say("nothing reads this command on this platform")


def _cell(value: str | list[str]) -> str:
    return mask_line(value if isinstance(value, str) else ",".join(map(str, value)))


def _shown(value: Any) -> str:
    """One fact on one line; a whole configuration only by its size."""
    if isinstance(value, ConfigTree):
        return f"configuration of {sum(1 for _ in value.walk())} lines"
    return json.dumps(_filled(value), ensure_ascii=False, default=str)


def _filled(fact: Any) -> Any:
    """What a fact says, secrets masked."""
    said = {name: each for name, each in asdict(fact).items() if name != "seen" and each not in (None, ())}
    return mask_data(said)


def coverage(folder: Path, console: Console) -> ExitCode:
    """Read a whole folder of samples and say, per sample and in total, what was not understood."""
    try:
        samples = list(read_folder(folder))
    except (NoSamplesError, OSError) as error:
        console.error(str(error))
        return ExitCode.USAGE
    totals = _totals(samples)
    console.result({"samples": [_sample_data(sample) for sample in samples], "totals": totals})
    for sample in samples:
        reading = sample.reading
        if not reading.understood:
            console.say(f"{sample.file}  [{reading.platform}]  {_trouble(reading)}")
            for line in reading.unread[:5]:
                console.say(f"    {line.number}: {mask_line(line.text)}")
    columns = ("platform", "command", "samples", "covered", "understood")
    console.table(columns, [[str(total[column]) for column in columns] for total in totals])
    return ExitCode.CLEAN if all(sample.reading.understood for sample in samples) else ExitCode.FINDINGS


def _trouble(reading: Reading) -> str:
    if not reading.covered:
        return "nothing reads this command"
    unread = f"{len(reading.unread)} of {reading.lines} lines unread" if reading.unread else ""
    lost = "; ".join(f"{name}: {why}" for name, why in reading.unreadable.items())
    return "; ".join(part for part in (unread, lost) if part)


def _totals(samples: Sequence[Sample]) -> list[dict[str, str | int]]:
    every = Counter((s.reading.platform, s.reading.command) for s in samples)
    covered = Counter((s.reading.platform, s.reading.command) for s in samples if s.reading.covered)
    good = Counter((s.reading.platform, s.reading.command) for s in samples if s.reading.understood)
    return [
        {
            "platform": key[0],
            "command": key[1],
            "samples": count,
            "covered": covered[key],
            "understood": good[key],
        }
        for key, count in sorted(every.items())
    ]


def _as_data(reading: Reading) -> dict[str, Any]:
    return {
        "platform": reading.platform,
        "command": reading.command,
        "template": reading.template,
        "understood": reading.understood,
        "rows": [
            {name: mask_data(value) for name, value in row.values.items() if value} for row in reading.rows
        ],
        "facts": {name: _fact_data(fact.value) for name, fact in reading.facts.items()},
        "unreadable": dict(reading.unreadable),
        "unread": [{"line": line.number, "text": mask_line(line.text)} for line in reading.unread],
    }


def _sample_data(sample: Sample) -> dict[str, Any]:
    reading = sample.reading
    return {
        "file": sample.file,
        "platform": reading.platform,
        "command": reading.command,
        "template": reading.template,
        "understood": reading.understood,
        "rows": len(reading.rows),
        "unread": [{"line": line.number, "text": mask_line(line.text)} for line in reading.unread],
        "error": "; ".join(f"{name}: {why}" for name, why in reading.unreadable.items()),
    }


def _fact_data(value: Any) -> Any:
    rows = value if isinstance(value, tuple) else (value,)
    return [json.loads(_shown(row)) if not isinstance(row, ConfigTree) else _shown(row) for row in rows]
