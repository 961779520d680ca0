"""What the readers of VRP5 share: the records of `display version` and how an output may be empty."""

import re

from parsers.reader import Outputs
from parsers.template import Parsed, Row, UnreadableError

_BOARD_TYPES = re.compile(r"(MPU|SRU|LPU|SFU|CMU|SPU|SIP|TSU)\w*")


def rows(outputs: Outputs, *commands: str) -> tuple[Row, ...]:
    """Give the records of the first of these commands that was answered; there must be one at least."""
    return some(outputs.need(*commands))


def some(parsed: Parsed) -> tuple[Row, ...]:
    """Give the records of an output that cannot have none."""
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing was recognised in it")
    return parsed.rows


def none_or(parsed: Parsed, none: str) -> tuple[Row, ...]:
    """Give the records of an output that may have none, but then says so in a line like `none`."""
    return () if not parsed.rows and printed(parsed, none) else some(parsed)


def printed(parsed: Parsed, pattern: str) -> bool:
    """Tell whether some line of the output matches from its start."""
    return any(re.match(pattern, line) for line in parsed.lines)


def said(row: Row, name: str) -> str:
    """Give a value that this record cannot do without."""
    if not row[name]:
        raise UnreadableError(f"{row.seen.command}: no {name.lower()}")
    return row[name]


def head(outputs: Outputs) -> Row:
    """Give a record of `display version` for what it says of the device as a whole."""
    return rows(outputs, "display version")[0]


def units(outputs: Outputs) -> tuple[Row, ...]:
    """Boxes of a stack (one for a box alone) or boards of a chassis, from `display version`.

    None where it lists no unit, as simulated S3700 and S5700 print it.
    """
    return tuple(row for row in rows(outputs, "display version") if row["UNIT"])


def is_chassis(found: tuple[Row, ...]) -> bool:
    """Tell whether units are boards of a chassis: those go by their kind, boxes by a part number."""
    return any(_BOARD_TYPES.fullmatch(row["BOARD"]) for row in found)


def master(outputs: Outputs) -> str | None:
    """Name of the unit that answers commands which name none, `Slot 1`; None where no unit is listed."""
    found = units(outputs)
    for row in found:
        if row["ROLE"] == "Master":
            return f"Slot {row['UNIT']}"
    if found:
        raise UnreadableError("display version: no unit is the master")
    return None
