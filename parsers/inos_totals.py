"""INOS-CN: the number of entries that some outputs announce, held against what was read."""

import re

from parsers.template import Parsed, UnreadableError


def all_there(parsed: Parsed, announcement: str) -> None:
    """Raise UnreadableError where fewer or more rows were read than the output says there are.

    `announcement` has one group, the number; several such lines add up (one for each VRF). Nothing
    is checked where there is none, and where lines are unread anyway.
    """
    numbers = [int(match[1]) for line in parsed.lines if (match := re.fullmatch(announcement, line.strip()))]
    if numbers and not parsed.unread and sum(numbers) != len(parsed.rows):
        raise UnreadableError(
            f"{parsed.seen.command}: announces {sum(numbers)} entries, but {len(parsed.rows)} were read"
        )
