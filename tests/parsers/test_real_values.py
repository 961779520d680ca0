"""Values of real outputs, compared with the text by eye, where `XUNJIAN_CORPUS` names a folder of them.

`tests/parsers/real/<platform>/<command_in_snake_case>.yaml` says what must come out:

    values:
      h3c_comware/display_fan/some_sample.txt:
        rows: 2                                # of the template, in all
        has:                                   # each is part of one row, in this order
          - {SLOT: "1", FAN: "1", STATE: Normal}
        facts:
          fans: {count: 2, has: [{slot: "1", state: Normal}]}

A whole configuration lies in a folder of its own; it answers the command that the YAML file is named after.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.platform import platforms
from parsers.sample import read_sample
from parsers.template import template_path
from tests.corpus import CORPUS, command_of, sample_name, samples
from tests.coverage_doc import REAL, manifest

if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)

FOLDER = Path(__file__).parent / "real"
EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "corpus_exceptions.yaml").read_text("utf-8")
)
CASES = [
    (file.parent.name, file.stem, sample, expected)
    for file in sorted(FOLDER.glob("*/*.yaml"))
    for sample, expected in yaml.safe_load(file.read_text("utf-8")).get("values", {}).items()
]


@pytest.mark.parametrize(
    ("platform_id", "snake", "sample", "expected"),
    CASES,
    ids=[f"{platform}-{sample}" for platform, _, sample, _ in CASES],
)
def test_values_are_those_in_the_text(
    platform_id: str, snake: str, sample: str, expected: Mapping[str, Any]
) -> None:
    platform = platforms()[platform_id]
    path = Path(str(CORPUS)) / sample
    reading = read_sample(platform, command_of(platform, snake), path.read_bytes())
    assert set(expected) <= {"rows", "has", "facts"}
    says = expected.get("has") or expected.get("facts") or expected.get("rows") == 0
    assert says, "says nothing of any value, nor that there is none"
    if "rows" in expected:
        assert len(reading.rows) == expected["rows"]
    _assert_holds([_plain(row.values) for row in reading.rows], expected.get("has", []))
    for name, wanted in expected.get("facts", {}).items():
        assert name in reading.facts, reading.unreadable.get(name, f"{name} does not rest on this command")
        value = _plain(reading.facts[name].value)
        rows = value if isinstance(value, list) else [value]
        assert len(rows) == wanted.get("count", len(rows))
        _assert_holds(rows, wanted["has"])


def _assert_holds(rows: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Each wanted part is found in a row of its own, in the order of the rows."""
    left = iter(rows)
    for part in wanted:
        unknown = set(part) - set(rows[0] if rows else ())
        assert not unknown, f"no such value: {sorted(unknown)}"
        found = any(all(row[name] == value for name, value in part.items()) for row in left)
        close = [{name: row[name] for name in part} for row in rows[:20]]
        assert found, f"{part} is not among (or not in this order)\n" + "\n".join(map(str, close))


def _plain(value: Any) -> Any:
    """Dataclasses, enumerations and tuples as YAML would hold them; times as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "seen"}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _templates_with_samples() -> Iterator[tuple[str, str]]:
    """(folder below `real`, command in snake case) for every template that reads a real output."""
    for platform_id, platform in platforms().items():
        for command, path in samples(platform_id):
            template = template_path(platform, command)
            if template is not None and sample_name(path) not in EXCEPTIONS.get(platform_id, {}):
                own = Path(template).parent.name
                yield (own if own in platforms() else platform_id), path.parent.name


@pytest.mark.parametrize(("folder", "snake"), sorted(set(_templates_with_samples())))
def test_every_template_that_reads_real_outputs_has_values_compared(folder: str, snake: str) -> None:
    readers = set(_readers_of(folder, snake))
    assert _with_values() & {(name, snake) for name in readers} or not _rows_of_any(readers, snake)


def _captured() -> Mapping[tuple[str, str], list[str]]:
    """Captures of real devices (not manuals, emulators, fragments) by platform and command in snake case."""
    kinds, found = manifest(), dict[tuple[str, str], list[str]]()
    for platform_id, platform in platforms().items():
        for command, path in samples(platform_id):
            name = sample_name(path)
            known = template_path(platform, command) is not None
            if known and kinds[name] in REAL and name not in EXCEPTIONS.get(platform_id, {}):
                found.setdefault((platform_id, path.parent.name), []).append(name)
    return found


CAPTURED = _captured()


@pytest.mark.parametrize(("platform_id", "snake"), sorted(CAPTURED))
def test_every_command_captured_has_values_of_a_capture_compared(platform_id: str, snake: str) -> None:
    """By every platform that reads it; captures that hold no more than the head of a table aside."""
    compared = {sample for of, command, sample, _ in CASES if (of, command) == (platform_id, snake)}
    command = command_of(platforms()[platform_id], snake)
    told = [name for name in CAPTURED[platform_id, snake] if _has_rows(platform_id, command, name)]
    assert compared & set(told) or not told


def _has_rows(platform_id: str, command: str, sample: str) -> bool:
    text = (Path(str(CORPUS)) / sample).read_bytes()
    return bool(read_sample(platforms()[platform_id], command, text).rows)


def _rows_of_any(readers: Collection[str], snake: str) -> bool:
    """Tell whether some real output holds more than the head of its table."""
    return any(
        read_sample(platforms()[name], command, path.read_bytes()).rows
        for name in readers
        for command, path in samples(name)
        if path.parent.name == snake
    )


def _with_values() -> set[tuple[str, str]]:
    return {(platform_id, snake) for platform_id, snake, _, _ in CASES}


def _readers_of(folder: str, snake: str) -> Iterator[str]:
    """Platforms that read this command by the template in this folder."""
    yield folder
    for platform_id, platform in platforms().items():
        path = template_path(platform, snake.replace("_", " "))
        if path is not None and Path(path).parent.name == folder:
            yield platform_id
