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

Step = tuple[dict[str, str | None], str]
"""One rule that matched: the values that it assigns, by name, and its record operator: empty, `Record`,
`Clear` or `Clearall`."""

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

    names: tuple[str, ...]
    """The values it assigns."""
    groups: tuple[int, ...]
    """Their groups; one more than names, so that `Match.group` always gives a tuple."""
    op: str
    position: int
    continues: bool
    plain: Outcome | None
    """What comes of it where it is the only rule that matches and does nothing but move on."""
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
    _values: frozenset[str] = frozenset()
    _states: dict[str, "State"] = field(default_factory=dict)
    _tails: dict[int, tuple[_Segment, ...]] = field(default_factory=dict)

    def read(self, line: str) -> Outcome:
        """What this state makes of a line; the same for the same line, always."""
        steps: tuple[Step, ...] = ()
        start = 0
        while True:
            for matching, by_group in self._tails.get(start) or self._compile(start):
                match = matching(line)
                if match is not None:
                    rule = by_group[match.lastindex]
                    break
            else:
                return steps, self
            if rule.plain is not None and not steps:
                return rule.plain
            if rule.op or rule.names:
                steps += ((dict(zip(rule.names, match.group(*rule.groups), strict=False)), rule.op),)
            if not rule.continues:
                return steps, rule.target
            start = rule.position + 1

    def remember(self, line: str, outcome: Outcome) -> None:
        """Keep an outcome for the next time the line comes; the memory is emptied when it is full."""
        if len(self.memory) >= MEMORY:
            self.memory.clear()
        self.memory[line] = outcome

    def abstract(self) -> tuple[tuple[tuple[str, ...], str, bool, "State | None"], ...]:
        """(names of values, record operator, whether it continues, next state) of every rule, in order."""
        rules = (self._rule(position, 0, 0) for position in range(len(self._rules)))
        return tuple((rule.names, rule.op, rule.continues, rule.target) for rule in rules)

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
        index = rule.regex_obj.regex.groupindex
        names = tuple(name for name in index if name in self._values)
        groups = (*(offset + index[name] for name in names), closing)
        op = rule.record_op if rule.record_op != "NoRecord" else ""
        continues = rule.line_op == "Continue"
        target = None if rule.line_op == "Error" else self._states.get(rule.new_state, self)
        plain = ((), target) if not (names or op or continues) else None
        return Rule(names, groups, op, position, continues, plain, target)


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
    values = frozenset(value.name for value in fsm.values)
    states = {name: State(name, stops=True) for name in ("End", "EOF")}
    # A state of `EOF` that the template names has no rules either.
    for name, rules in fsm.states.items():
        if name not in states:
            states[name] = State(name, _rules=tuple(rules), _values=values, _states=states)
    return states
