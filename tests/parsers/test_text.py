"""From the bytes of a capture to the lines of the answer."""

import re

import pytest

from parsers.text import clean, left_out

PROMPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*[#>]")


@pytest.mark.parametrize(
    "above",
    [
        "",
        "show vpc\n",
        "sw-1# show vpc\n",
        "sw-1#show vpc vrf all\n",
        "\nsw-1# show vpc \n",
        "\n+++ sw-1 with via 'vty': executing command 'show vpc' +++\nshow vpc\n",
    ],
)
def test_what_stands_above_the_answer_is_no_part_of_it(above: str) -> None:
    assert clean(f"{above}Legend:\n  a\nsw-1#\n\n".encode(), "show vpc", PROMPT) == ("Legend:", "  a")


@pytest.mark.parametrize(
    "first", ["Legend: of show vpcs", "sw-1 is up", "  show vpc brief", "+++ nothing of the kind"]
)
def test_a_line_of_the_answer_is_not_taken_for_the_echo(first: str) -> None:
    assert clean(f"{first}\nsecond\n".encode(), "show vpc", PROMPT) == (first, "second")


@pytest.mark.parametrize("mark", ["(...)", "...", " ……", "......略......", "<省略>", "（…）", "<snip>"])
def test_a_mark_for_lines_left_out_is_found(mark: str) -> None:
    assert left_out(["version 10.2(3)", "", mark, "line vty"]) == 3


@pytest.mark.parametrize(
    "line", ["header login .....", " description snip", "....................", "banner motd ^...^", ""]
)
def test_other_lines_leave_nothing_out(line: str) -> None:
    assert left_out(["version 10.2(3)", line]) is None
