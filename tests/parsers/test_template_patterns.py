"""No expression of our templates can keep the parser busy: no repetition of repetitions, and it is tried."""

import re
import time
from pathlib import Path

import pytest
import textfsm

from parsers.template import LONGEST

TEMPLATES = sorted(Path("parsers/templates").glob("*/*.textfsm"))
UNITS = ("a", "1", " ", "-", "a ", "1 ", "a: ", "1/0-")
TEXTS = [unit * (LONGEST // len(unit)) + "\x00" for unit in UNITS]
SECONDS = 1.0
"""For one line of the greatest length, on a busy machine."""


def repeats_repetition(pattern: str) -> bool:
    """Tell whether a group that holds an unlimited repetition, and little else, is repeated itself.

    `(\\w+)*` tries exponentially many ways; `(,\\w+)*` does not, because every turn begins with a
    character that the inner repetition cannot take.
    """
    simple = re.sub(r"\\.", lambda m: m[0] if m[0][1] in "dwsSDW" else "_", pattern)
    simple = re.sub(r"\[[^\]]*\]", "S", simple)
    return re.search(r"\((?:\?:)?(?:\\[dwsSDW]|[S.])[+*]\)[+*{]", simple) is not None


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"(\w+)+", True),
        (r"(?:[a-z]*)*", True),
        (r"(.*){3,}", True),
        (r"(,\w+)*", False),
        (r"(?: \S+)+", False),
        (r"(\w)+", False),
        (r"\(\w+\)+", False),
    ],
)
def test_the_lint_tells_them_apart(pattern: str, found: bool) -> None:
    assert repeats_repetition(pattern) is found


@pytest.mark.parametrize("template", TEMPLATES, ids=[f"{p.parent.name}/{p.name}" for p in TEMPLATES])
def test_no_rule_repeats_a_repetition(template: Path) -> None:
    with template.open(encoding="utf-8") as file:
        fsm = textfsm.TextFSM(file)
    rules = [rule.regex for rules in fsm.states.values() for rule in rules]
    assert [regex for regex in rules if repeats_repetition(regex)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=[f"{p.parent.name}/{p.name}" for p in TEMPLATES])
def test_the_longest_lines_take_no_time(template: Path) -> None:
    with template.open(encoding="utf-8") as file:
        fsm = textfsm.TextFSM(file)
    slow = {}
    for rule in (rule for rules in fsm.states.values() for rule in rules):
        # The beginning of a rule that is given literally leads to what comes behind it.
        head = re.match(r"\^(?:\\s[*+]|\s[*+]?)?((?:[A-Za-z:]| (?![*+?]))*)", rule.regex)
        for text in TEXTS:
            line = (head[1] if head else "") + text
            begun = time.process_time()
            rule.regex_obj.match(line)
            if (taken := time.process_time() - begun) > SECONDS:
                slow[rule.regex] = (text[:4], round(taken, 2))
    assert slow == {}
