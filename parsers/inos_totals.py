"""INOS-CN: the number of entries that some outputs announce, held against what was read."""

import re

from parsers.template import Parsed, UnreadableError


def announcement(parsed: Parsed, form: str) -> int | None:
    """Add up the numbers of the lines of this form, which has one group; one for each VRF.

    None where there is no such line, and where lines are unread anyway.
    """
    numbers = [int(match[1]) for line in parsed.lines if (match := re.fullmatch(form, line.strip()))]
    return sum(numbers) if numbers and not parsed.unread else None


def all_there(parsed: Parsed, form: str) -> None:
    """Raise UnreadableError where fewer or more rows were read than the output says there are."""
    announced = announcement(parsed, form)
    if announced is not None and announced != len(parsed.rows):
        raise UnreadableError(
            f"{parsed.seen.command}: announces {announced} entries, but {len(parsed.rows)} were read"
        )
