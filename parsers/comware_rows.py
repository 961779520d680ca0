"""What every reader of Comware output asks of the rows it is given."""

from parsers.facts import Location
from parsers.template import Parsed, Row, UnreadableError


def rows_of(parsed: Parsed) -> tuple[Row, ...]:
    """Give the rows of an output that is never empty on a real device; else raise UnreadableError."""
    if not parsed.rows:
        raise UnreadableError(f"{parsed.seen.command}: nothing in it could be read")
    return parsed.rows


def required(row: Row, *names: str) -> None:
    """Raise UnreadableError when a record lacks one of these values."""
    lacking = [name for name in names if not row[name]]
    if lacking:
        raise UnreadableError(f"{row.seen.command}: no {', '.join(lacking)} at lines {row.seen.lines}")


def place(row: Row) -> Location:
    """Where the record's chassis and slot are."""
    return Location(chassis=row.integer("CHASSIS"), slot=row.maybe("SLOT"))
