"""What the states of a TextFSM template make of one line: all rules of a state tried as one expression.

A rule's regular expressions are those that `textfsm` made of the template. An alternation tries its
branches in the order of the rules, and the first that matches is the one `textfsm` would take; an
empty group closes each branch, so that the number of the last group says which one it was. A rule
that cannot stand beside others (it refers back to a group, or sets flags) is tried by itself.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import textfsm

Step = tuple[tuple[int, ...], tuple[str | None, ...], str]
"""One rule that matched: the positions of the values that it assigns, their texts (and one more, which says
nothing), and its record operator: empty, `Record`, `Clear` or `Clearall`."""

Outcome = tuple[tuple[Step, ...], "State | None"]
"""What a state makes of a line: the steps that do something, and the state for the next line; None
where the line ends in `Error` and is not understood."""

_ALONE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(|\(\?[aiLmsux]+\)")
_NAMED_GROUP = re.compile(r"(\\.)|\(\?P<\w+>", re.DOTALL)

MEMORY = 1024
"""So many lines are remembered for each state."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it stands in a fused expression."""

    assigns: tuple[int, ...]
    """The positions of the values it assigns."""
    groups: tuple[int, ...]
    """Their groups; one more than values, so that `Match.group` always gives a tuple."""
    row: tuple[int, ...]
    """Where it makes a record and nothing can follow on its line: the groups of all values of the template,
    with an empty one for those that it does not assign. Else none."""
    op: str
    position: int
    continues: bool
    moves: Outcome
    """What comes of a line that it only moves on from."""
    target: "State | None"


_Segment = tuple[Callable[[str], re.Match[str] | None], dict[int | None, Rule]]
"""Some rules in a row, tried together, with each rule by the number of the group that closes its branch;
or one rule that could not be fused, for whatever group comes last."""


@dataclass(slots=True, eq=False)
class State:
    """One state of a template; `End` and `EOF` are states without rules that stop the reading."""

    name: str
    stops: bool = False
    memory: dict[str, Outcome] = field(default_factory=dict)
    """Outcomes of lines seen before; whoever runs the states decides whether to fill it."""
    _rules: tuple[textfsm.parser.TextFSMRule, ...] = ()
    _values: dict[str, int] = field(default_factory=dict)
    """Positions by name."""
    _states: dict[str, "State"] = field(default_factory=dict)
    _tails: dict[int, tuple[_Segment, ...]] = field(default_factory=dict)

    def find(self, line: str, start: int = 0) -> tuple[re.Match[str], Rule] | None:
        """The first rule from `start` on that matches a line."""
        for matching, by_group in self._tails.get(start) or self._compile(start):
            match = matching(line)
            if match is not None:
                return match, by_group[match.lastindex]
        return None

    def read(self, line: str) -> Outcome:
        """What this state makes of a line; the same for the same line, always."""
        return self.follow(line, self.find(line))

    def follow(self, line: str, found: tuple[re.Match[str], Rule] | None) -> Outcome:
        """What comes of a line for which this is the first rule that matches."""
        steps: tuple[Step, ...] = ()
        while found is not None:
            match, rule = found
            if rule.op or rule.assigns:
                steps += ((rule.assigns, match.group(*rule.groups), rule.op),)
            if not rule.continues:
                return (steps, rule.target) if steps else rule.moves
            found = self.find(line, rule.position + 1)
        return steps, self

    def remember(self, line: str, outcome: Outcome) -> None:
        """Keep an outcome for the next time the line comes; the memory is emptied when it is full."""
        if len(self.memory) >= MEMORY:
            self.memory.clear()
        self.memory[line] = outcome

    def abstract(self) -> tuple[tuple[tuple[int, ...], str, bool, "State | None"], ...]:
        """Of every rule: positions of values, record operator, whether it continues, next state."""
        rules = (self._rule(position, 0, 0) for position in range(len(self._rules)))
        return tuple((rule.assigns, rule.op, rule.continues, rule.target) for rule in rules)

    def _compile(self, start: int) -> tuple[_Segment, ...]:
        """Fuse the rules from this one on: as few segments as can be."""
        segments: list[_Segment] = []
        branches: list[str] = []
        by_group: dict[int | None, Rule] = {}
        groups = 0
        for position in range(start, len(self._rules)):
            branch = _branch(self._rules[position].regex)
            if branch is None:
                segments += _fused(branches, by_group)
                match = self._rules[position].regex_obj.regex.match
                segments.append((match, defaultdict(partial(self._rule, position, 0, 0))))
                branches, by_group, groups = [], {}, 0
            else:
                closing = groups + self._rules[position].regex_obj.regex.groups + 1
                branches.append(branch)
                by_group[closing] = self._rule(position, groups, closing)
                groups = closing
        self._tails[start] = tuple(segments + _fused(branches, by_group))
        return self._tails[start]

    def _rule(self, position: int, offset: int, closing: int) -> Rule:
        rule = self._rules[position]
        found = rule.regex_obj.regex.groupindex.items()
        group_of = {self._values[name]: offset + at for name, at in found if name in self._values}
        op = rule.record_op if rule.record_op != "NoRecord" else ""
        continues = rule.line_op == "Continue"
        target = None if rule.line_op == "Error" else self._states.get(rule.new_state, self)
        # `Match.group` gives a tuple for two groups or more.
        row = op == "Record" and closing and not continues and target and group_of and len(self._values) > 1
        return Rule(
            assigns=tuple(group_of),
            groups=(*group_of.values(), closing),
            row=tuple(group_of.get(at, closing) for at in self._values.values()) if row else (),
            op=op,
            position=position,
            continues=continues,
            moves=((), target),
            target=target,
        )


def _fused(branches: Sequence[str], by_group: dict[int | None, Rule]) -> list[_Segment]:
    return [(re.compile("|".join(branches)).match, by_group)] if branches else []


def _branch(regex: str) -> str | None:
    """The rule's expression as a branch of an alternation; None where it has to stay alone.

    All is matched from the start of the line, so the leading `^` says nothing and is left out.
    """
    if _ALONE.search(regex):
        return None
    unnamed = _NAMED_GROUP.sub(lambda found: found[1] or "(", regex.removeprefix("^"))
    branch = f"(?:{unnamed})()"
    try:
        fused = re.compile(branch)
    except re.error:
        return None
    return branch if fused.groups == re.compile(regex).groups + 1 and not fused.groupindex else None


def states_of(fsm: textfsm.TextFSM) -> dict[str, State]:
    """Every state of a template, with the two that stop."""
    values = {value.name: position for position, value in enumerate(fsm.values)}
    states = {name: State(name, stops=True) for name in ("End", "EOF")}
    # A state of `EOF` that the template names has no rules either.
    for name, rules in fsm.states.items():
        if name not in states:
            states[name] = State(name, _rules=tuple(rules), _values=values, _states=states)
    return states
