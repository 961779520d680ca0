"""EPSS: one day's scores as CSV, with the model's version and the date in a comment line ahead."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.reading import (
    MOST_FEED,
    Enrichment,
    Feed,
    Record,
    Skipped,
    day_of,
    finite,
    whole_bytes,
)
from baselines.advisory import Epss, Origin

NAME = "FIRST EPSS（漏洞利用概率）"
_COLUMNS = ("cve", "epss", "percentile")


def read(path: Path) -> Feed:
    """Read one day's scores; raises AdvisoryError for a file that has not the columns."""
    try:
        text = whole_bytes(path, MOST_FEED).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AdvisoryError(str(path), [f"file: no UTF-8 text: {error.reason}"]) from error
    comments = [line for line in text[:4096].splitlines() if line.startswith("#")]
    said = dict(re.findall(r"(\w+):([^,\s]+)", " ".join(comments)))
    model, day = said.get("model_version", ""), day_of(said.get("score_date", ""))
    lines = text.splitlines()
    header = next((n for n, line in enumerate(lines) if line and not line.startswith("#")), 0)
    names = [name.strip().lower() for name in lines[header].split(",")] if lines else []
    if missing := [name for name in _COLUMNS if name not in names]:
        raise AdvisoryError(str(path), [f"line {header + 1}: lacks the columns {', '.join(missing)}"])
    records = _records(lines, header, names, path.name, model, day)
    return Feed(NAME, "epss", str(path), records, as_of=day)


def _records(
    lines: list[str], header: int, names: list[str], file: str, model: str, day: date | None
) -> Iterator[Record]:
    at = [names.index(name) for name in _COLUMNS]
    origin = Origin(NAME, file)
    for number, row in enumerate(csv.reader(lines[header + 1 :]), header + 2):
        if not row:
            continue
        values = [row[n].strip() if n < len(row) else "" for n in at]
        probability, percentile = finite(values[1]), finite(values[2])
        if not values[0] or not _share(probability) or not _share(percentile):
            yield Skipped(f"line {number}", f"{row!r}: must be a CVE and two numbers from 0 to 1"[:200])
            continue
        epss = Epss(
            probability=probability or 0.0,
            percentile=percentile or 0.0,
            model=model,
            day=day,
            origin=origin,
        )
        yield Enrichment(values[0].upper(), epss=epss)


def _share(value: float | None) -> bool:
    return value is not None and 0 <= value <= 1
