"""What every reader of Comware output asks of the rows it is given."""

from collections.abc import Sequence

from parsers.facts import Location
from parsers.reader import Outputs
from parsers.seen import Seen
from parsers.template import Parsed, Row, UnreadableError


def rows_of(parsed: Parsed) -> tuple[Row, ...]:
    """Give the rows of an output that is never empty on a real device; else raise UnreadableError."""
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing in it could be read")
    return parsed.rows


def printed(outputs: Outputs, command: str) -> tuple[Row, ...]:
    """Give the rows of a table whose header comes even when it holds none; else raise UnreadableError."""
    parsed = outputs.need(command)
    if not any(line.strip() for line in parsed.lines):
        raise UnreadableError(f"{command}: printed nothing")
    return parsed.rows


def required(row: Row, *names: str) -> None:
    """Raise UnreadableError when a record lacks one of these values."""
    lacking = [name for name in names if not row[name]]
    if lacking:
        raise UnreadableError(f"{row.seen.command}: no {', '.join(lacking)} at lines {row.seen.lines}")


def place(row: Row) -> Location:
    """Where the record's chassis and slot are."""
    return Location(chassis=row.integer("CHASSIS"), slot=row.maybe("SLOT"))


def evidence(rows: Sequence[Row]) -> Seen:
    """Where several records of one output were read, at least one, as one piece of evidence."""
    first = rows[0].seen
    numbers = sorted({number for row in rows for number in row.seen.lines})
    return Seen(first.capture, first.command, tuple(numbers))
