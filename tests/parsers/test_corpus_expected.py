"""What others read in the same real outputs: each of their values is among ours, or there is a reason.

Some samples of the folder that `XUNJIAN_CORPUS` names have a `.yml` beside them, a list of records under
`parsed_sample`. Names of values differ, so each record is held against the row of ours that agrees best.
The reasons stand in `tests/parsers/real/<platform>/<command_in_snake_case>.yaml`, one line each:

    differences:                          # of the command: a value that we leave out or give elsewhere
      uptime: in the fact, as seconds
    other_readings:                       # of one sample
      h3c_comware/display_clock/some_sample.txt:
        time: the sample is cut, they take the year for the time    # `*` instead of a name: all of it
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.platform import platforms
from parsers.sample import read_sample
from parsers.template import template_path
from tests.corpus import CORPUS, sample_name, samples

REAL = Path(__file__).parent / "real"

if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)

EXPECTED = [
    (platform_id, command, path)
    for platform_id, platform in platforms().items()
    for command, path in samples(platform_id)
    if path.with_suffix(".yml").is_file() and template_path(platform, command)
]
"""Every sample with a `.yml`, on each platform that reads it."""


def _said(platform_id: str, snake: str) -> dict[str, Any]:
    file = REAL / platform_id / f"{snake}.yaml"
    said: dict[str, Any] = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
    return said


def _reasons(platform_id: str, path: Path) -> Mapping[str, str]:
    """Names of values that need not agree, with the reason; `*` stands for all of a sample."""
    said = _said(platform_id, path.parent.name)
    return {**said.get("differences", {}), **said.get("other_readings", {}).get(sample_name(path), {})}


@pytest.mark.parametrize(
    ("platform_id", "command", "path"), EXPECTED, ids=[f"{p}-{sample_name(path)}" for p, _, path in EXPECTED]
)
def test_their_values_are_among_ours(platform_id: str, command: str, path: Path) -> None:
    reasons = _reasons(platform_id, path)
    if "*" in reasons:
        pytest.skip(reasons["*"])
    platform = platforms()[platform_id]
    rows = [_texts(row.values) for row in read_sample(platform, command, path.read_bytes()).rows]
    records = yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))["parsed_sample"]
    wrong = [
        f"{name}: {value!r}"
        for record in records
        for name, value in _missing({k: v for k, v in record.items() if k not in reasons}, rows)
    ]
    assert not wrong, "\n".join(wrong[:40])


def _missing(record: Mapping[str, Any], rows: Sequence[frozenset[str]]) -> list[tuple[str, str]]:
    """Values of a record that are not in the row that agrees with it best."""
    theirs = [(name, text) for name, value in record.items() for text in _texts({name: value})]
    return min(
        ([pair for pair in theirs if not _among(pair[1], row)] for row in rows), key=len, default=theirs
    )


def _among(text: str, row: frozenset[str]) -> bool:
    """The text is a value of the row, or whole words of one."""
    return text in row or any(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", value) for value in row)


def _texts(values: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(text for value in values.values() for text in _flat(value) if text)


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _flat(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _flat(each)
    elif value is not None:
        yield " ".join(str(value).lower().split())


@pytest.mark.parametrize(
    "file", sorted(REAL.glob("*/*.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_every_reason_is_about_a_sample_that_others_read(file: Path) -> None:
    said = _said(file.parent.name, file.stem)
    read = {sample_name(path) for p, _, path in EXPECTED if p == file.parent.name}
    assert sorted(set(said.get("other_readings", {})) - read) == []
    assert not said.get("differences") or any(name.split("/")[1] == file.stem for name in read)
