from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collector.simulator.commands import CommandTree, Mistake

WORD = st.text(alphabet="abc-", min_size=1, max_size=4)
COMMANDS = st.lists(
    st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12, unique=True
)
TREE = CommandTree(["display cpu", "display cpu-usage", "display clock", "display", "quit"])


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("display cpu", "display cpu"),
        ("display cpu-", "display cpu-usage"),
        ("display cp", Mistake("ambiguous", 8)),
        ("display cl", "display clock"),
        ("display x", Mistake("unknown", 8)),
        ("disp", "display"),
        (" Q", "quit"),
        ("quit now", Mistake("excess", 5)),
        ("", Mistake("incomplete", 0)),
    ],
)
def test_what_a_line_means(line: str, meant: str | Mistake) -> None:
    assert TREE.resolve(line) == meant


@given(COMMANDS)
def test_every_full_command_means_itself(commands: list[str]) -> None:
    tree = CommandTree(commands)
    assert [tree.resolve(command) for command in commands] == commands


@given(COMMANDS, st.data())
def test_a_shortened_word_never_means_another_command(commands: list[str], data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(commands))
    words = command.split()
    cut = data.draw(st.integers(0, len(words) - 1))
    kept = data.draw(st.integers(1, len(words[cut])))
    shortened = [*words[:cut], words[cut][:kept], *words[cut + 1 :]]
    beside = {c.split()[cut] for c in commands if c.split()[:cut] == words[:cut] and len(c.split()) > cut}
    assume(all(not a.startswith(b) for a, b in pairwise(sorted(beside, reverse=True))))
    meant = CommandTree(commands).resolve(" ".join(shortened))
    alike = [word for word in beside if word.startswith(shortened[cut])]
    if len(alike) == 1:
        assert meant == command
    else:
        assert meant == Mistake("ambiguous", len(" ".join(shortened[:cut])) + (1 if cut else 0))
