"""What the states of a TextFSM template make of one line: all rules of a state tried as one expression.

A rule's regular expressions are those that `textfsm` made of the template. An alternation tries its branches
in the order of the rules, and the first that matches is the one `textfsm` would take; an empty group closes
each branch, so that the number of the last group says which one it was. A rule that continues only looks
ahead: its group says whether it matched, and the rules after it stand behind it. So one call says all that
the rules make of a line. A rule that refers back to a group stands by itself, where its numbers are right.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

import textfsm

Step = tuple[tuple[int, ...], tuple[str | None, ...], str]
"""One rule that matched: the positions of the values that it assigns, their texts (and one more, which says
nothing), and its record operator: empty, `Record`, `Clear` or `Clearall`."""

Outcome = tuple[tuple[Step, ...], "State | None"]
"""What a state makes of a line: the steps that do something, and the state for the next line; None
where the line ends in `Error` and is not understood."""

_ALONE = re.compile(r"\\[1-9]|\(\?P=|\(\?\(")
_NAMED_GROUP = re.compile(r"(\\.)|\(\?P<\w+>", re.DOTALL)
_DEEPEST = 25
"""Rules that continue in one expression; each is a level deeper."""

MEMORY = 1024
"""So many lines are remembered for each state."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it stands in a fused expression."""

    assigns: tuple[int, ...]
    """The positions of the values it assigns."""
    groups: tuple[int, ...]
    """Their groups, and the closing one, so that `Match.group` always gives a tuple."""
    closing: int
    """The group that says that it matched."""
    op: str
    continues: bool
    target: "State | None"


@dataclass(frozen=True, slots=True)
class Ending:
    """A rule that ends what is done with a line; none where all that were tried continue or do not match."""

    rule: Rule | None
    before: tuple[Rule, ...]
    """Those that continue and do something, and may have matched as well."""
    moves: Outcome
    """What comes of a line where nothing is done but to move on."""
    row: tuple[int, ...] = ()
    """Where this line alone can make a record: the groups of all values of the template, with an empty one
    for those that it does not assign. Else none."""


Segment = tuple[Callable[[str], re.Match[str]], Mapping[int | None, Ending]]
"""Some rules in a row as one expression, which matches any line, with the endings by its last group."""


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
    _segments: tuple[Segment, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All rules, in one segment at least; compiled when they are first needed."""
        if not self._segments:
            self._segments = tuple(map(self._fused, _together(self._rules)))
        return self._segments

    def read(self, line: str) -> Outcome:
        """What this state makes of a line; the same for the same line, always."""
        matching, endings = self.segments[0]
        match = matching(line)
        return self.follow(line, match, endings[match.lastindex])

    def follow(self, line: str, match: re.Match[str], ending: Ending, segment: int = 0) -> Outcome:
        """What comes of a line that this segment, the first as a rule, has matched with this ending."""
        steps: tuple[Step, ...] = ()
        for rule in ending.before:
            if match[rule.closing] is not None:
                steps += ((rule.assigns, match.group(*rule.groups), rule.op),)
        last = ending.rule
        if last is not None:
            if last.op or last.assigns:
                steps += ((last.assigns, match.group(*last.groups), last.op),)
            return (steps, last.target) if steps else ending.moves
        segment += 1
        if segment == len(self.segments):
            return steps, self
        matching, endings = self.segments[segment]
        match = matching(line)
        more, target = self.follow(line, match, endings[match.lastindex], segment)
        return steps + more, target

    def remember(self, line: str, outcome: Outcome) -> None:
        """Keep an outcome for the next time the line comes; the memory is emptied when it is full."""
        if len(self.memory) >= MEMORY:
            self.memory.clear()
        self.memory[line] = outcome

    def abstract(self) -> tuple[tuple[tuple[int, ...], str, bool, "State | None"], ...]:
        """Of every rule: positions of values, record operator, whether it continues, next state."""
        rules = (self._rule(rule, 0) for rule in self._rules)
        return tuple((rule.assigns, rule.op, rule.continues, rule.target) for rule in rules)

    def _fused(self, rules: Iterable[textfsm.parser.TextFSMRule]) -> Segment:
        """Make one expression of rules that can stand together."""
        text, deep, groups = "", 0, 0
        before: tuple[Rule, ...] = ()
        endings: dict[int | None, Ending] = {}
        for each in rules:
            rule = self._rule(each, groups)
            groups = rule.closing
            if not rule.continues:
                text += f"(?:{_branch(each)})()|"
                row = () if before else self._row(rule)
                endings[groups] = Ending(rule, before, ((), rule.target), row)
            else:
                text += f"(?:(?={_branch(each)})()|)(?:"
                deep += 1
                before += (rule,) if rule.op or rule.assigns else ()
        endings[groups + 1] = Ending(None, before, ((), self))
        return cast(Segment, (re.compile(f"{text}(){')' * deep}").match, endings))

    def _rule(self, rule: textfsm.parser.TextFSMRule, offset: int) -> Rule:
        regex = rule.regex_obj.regex
        closing = offset + regex.groups + 1
        found = regex.groupindex.items()
        group_of = {self._values[name]: offset + at for name, at in found if name in self._values}
        op = rule.record_op if rule.record_op != "NoRecord" else ""
        target = None if rule.line_op == "Error" else self._states.get(rule.new_state, self)
        return Rule(
            assigns=tuple(group_of),
            groups=(*group_of.values(), closing),
            closing=closing,
            op=op,
            continues=rule.line_op == "Continue",
            target=target,
        )

    def _row(self, rule: Rule) -> tuple[int, ...]:
        # `Match.group` gives a tuple for two groups or more.
        if rule.op != "Record" or rule.target is None or not rule.assigns or len(self._values) < 2:
            return ()
        group_of = dict(zip(rule.assigns, rule.groups, strict=False))
        return tuple(group_of.get(at, rule.closing) for at in self._values.values())


def _together(rules: Iterable[textfsm.parser.TextFSMRule]) -> Iterator[list[textfsm.parser.TextFSMRule]]:
    """Part the rules of a state into those that one expression can hold."""
    together: list[textfsm.parser.TextFSMRule] = []
    for rule in rules:
        full = sum(other.line_op == "Continue" for other in together) == _DEEPEST
        if together and (full or _stands_alone(rule) or _stands_alone(together[-1])):
            yield together
            together = []
        together.append(rule)
    yield together


def _stands_alone(rule: textfsm.parser.TextFSMRule) -> bool:
    """Whether a rule refers to its groups by number or name, or seems to have names where it has none."""
    names = sum(not found[1] for found in _NAMED_GROUP.finditer(rule.regex))
    return bool(_ALONE.search(rule.regex)) or names != len(rule.regex_obj.regex.groupindex)


def _branch(rule: textfsm.parser.TextFSMRule) -> str:
    """The rule's expression; without names, which cannot come twice, where it stands beside others.

    All is matched from the start of the line, so the leading `^` says nothing and is left out.
    """
    regex: str = rule.regex.removeprefix("^")
    return regex if _stands_alone(rule) else _NAMED_GROUP.sub(lambda found: found[1] or "(", regex)


def states_of(fsm: textfsm.TextFSM) -> dict[str, State]:
    """Every state of a template, with the two that stop."""
    values = {value.name: position for position, value in enumerate(fsm.values)}
    states = {name: State(name, stops=True) for name in ("End", "EOF")}
    # A state of `EOF` that the template names has no rules either.
    for name, rules in fsm.states.items():
        if name not in states:
            states[name] = State(name, _rules=tuple(rules), _values=values, _states=states)
    return states
