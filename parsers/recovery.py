"""Which lines to keep of an output that holds lines no rule knows.

The rows of such an output are those that the template makes of the kept lines alone, so what is to
be decided is which lines can no longer be trusted. An unknown line may have begun a new record or a
new context (a slot, an interface), so nothing after it may be credited to what stood before it:

- The open record is discarded from its first line on.
- Lines that assign values are discarded until a record starts of which no line is missing: after a
  record operator (`Record`, `Clear`, `Clearall`) has closed what was open, or where a `Required`
  value is set, in states in which nothing is ever assigned before one.
- A `Filldown` value that was set is not trusted until it is set again, and no record starts before.
  So one that is printed once, over the whole output, costs all records behind the first unknown line. That
  is meant: that no rule ahead can set it again does not prove that it stays. A second heading ("Slot 2:"
  among the rows of slot 1) is then just such an unknown line, and the rows behind it are of slot 2. A
  template that knows better says so: it reads the heading as a record of its own, or as a value of each row.
- Lines that assign nothing are kept: they only say in which part of the output we are.

A template without a record operator makes one record of the whole output. There is nothing else then
that a line could belong to, so all known lines are kept; unless, after an unknown one, a value is read
that differs from one before it: then the output speaks of several things, and nothing is kept.

Two states are followed meanwhile. One sees all known lines and says where we are (`here`); the other
(`kept`) is the one in which the template is that has read the kept lines only. A record starts only
at a line from which both make the same, which is why the rows are exactly those of the kept lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import textfsm

from parsers.executor_states import Outcome, State, Step


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The numbers of the lines of an output by what becomes of them; those never read are in none."""

    kept: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()
    """No rule knows them."""
    discarded: tuple[int, ...] = ()
    """Known, but nobody can say to what they belong."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What matters here of a template's values, by their positions."""

    filldown: frozenset[int]
    keys: frozenset[int]
    """`Required` and not filled down: they name a record."""
    opening: frozenset[int]
    """They open a record. Filldown values do so only where there is no key, and they may make a record."""
    keyed: frozenset[str]
    """The states in which no record holds a value without a key."""
    lists: frozenset[int]
    looks_back: bool
    """A value changes records made before (`Fillup`), so that nothing after an unknown line counts."""
    one_record: bool
    """No rule has a record operator."""


def layout_of(fsm: textfsm.TextFSM, states: dict[str, State]) -> Layout:
    """Look a template over."""
    having = {
        option: frozenset(at for at, value in enumerate(fsm.values) if option in value.OptionNames())
        for option in ("Filldown", "Required", "Fillup", "List")
    }
    filldown, keys = having["Filldown"], having["Required"] - having["Filldown"]
    opening = frozenset(range(len(fsm.values))) - (filldown if keys else frozenset())
    keyed = frozenset(states) - _with_nameless_records(states["Start"], filldown, keys)
    one_record = not any(op for state in states.values() for _, op, _, _ in state.abstract())
    return Layout(filldown, keys, opening, keyed, having["List"], bool(having["Fillup"]), one_record)


def _with_nameless_records(start: State, filldown: frozenset[int], keys: frozenset[int]) -> frozenset[str]:
    """States that a template can be in, after some line, with a record that has values but no key.

    Every rule is taken to match or not as it likes, which can only find too many.
    """
    empty = (False, False)  # (has values, has a key)
    seen = {(start, empty)}
    new = [(start, empty)]
    while new:
        state, before = new.pop()
        after: set[tuple[State, tuple[bool, bool]]] = set()
        within = {before}
        for assigns, op, continues, target in state.abstract():
            assigned = frozenset(assigns) - filldown
            matched = {
                empty if op else (has or bool(assigned), named or bool(assigned & keys))
                for has, named in within
            }
            if continues:
                within |= matched
            elif target is not None:
                after |= {(target, record) for record in matched}
        after |= {(state, record) for record in within}
        new += after - seen
        seen |= after
    return frozenset(state.name for state, (has, named) in seen if has and not named)


@dataclass(frozen=True, slots=True)
class _Position:
    """How far the template is that has read the kept lines only."""

    kept: int
    """How many lines are kept."""
    state: State
    record_open: bool
    """Something was assigned that opens a record."""
    filled: frozenset[int]
    """Filldown values that are set."""

    def after(self, outcome: Outcome, layout: Layout) -> "_Position":
        """After one more line, that is kept."""
        steps, target = outcome
        record_open, filled = self.record_open, self.filled
        for step in steps:
            assigned, _, op = step
            record_open = record_open or not layout.opening.isdisjoint(assigned)
            filled = filled.difference(assigned) | (_set([step]) & layout.filldown)
            if op:
                record_open = False
            if op == "Clearall":
                filled = frozenset()
        return _Position(self.kept + 1, target or self.state, record_open, filled)


@dataclass(slots=True)
class _Sorting:
    layout: Layout
    position: _Position
    """Of the template that has read the kept lines only."""
    whole: _Position
    """Where to go back to when the open record cannot be trusted."""
    here: State
    """Where the template would be that had read every known line."""
    kept: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    discarded: list[int] = field(default_factory=list)
    in_doubt: bool = False
    """An unknown line was passed, and no record has started since."""
    broken: bool = False
    """While in doubt: a part of the record that is open here may be missing."""
    needed: frozenset[int] = frozenset()
    """While in doubt: Filldown values that have to be set again."""

    def unknown(self, number: int, steps: Sequence[Step]) -> None:
        """Take a line that ends in Error, after these rules."""
        self.unread.append(number)
        self.needed |= self.position.filled | (_assigned(steps) & self.layout.filldown)
        if not self.in_doubt and not any(op for _, _, op in steps):
            # Without an operator, which would have closed the open record, the line may be part of it.
            self.discarded += self.kept[self.whole.kept :]
            del self.kept[self.whole.kept :]
            self.position = self.whole
        self.in_doubt = self.broken = True

    def known(self, number: int, line: str, outcome: Outcome) -> None:
        """Take a line that the template understands where it is."""
        if not self.in_doubt:
            self._keep(number, outcome)
        else:
            there = self.position.state
            self._doubtful(number, outcome, outcome if there is self.here else there.read(line))
        self.here = outcome[1] or self.here

    def _keep(self, number: int, outcome: Outcome) -> None:
        before, after = self.position, self.position.after(outcome, self.layout)
        if not after.record_open:
            self.whole = after
        elif any(op for _, _, op in outcome[0]):
            self.whole = before
        self.kept.append(number)
        self.position = after

    def _doubtful(self, number: int, outcome: Outcome, there: Outcome) -> None:
        """Take a line while in doubt; `there` is what the kept lines' template makes of it."""
        if there[1] is None or self.layout.looks_back:
            self._discard(number, outcome[0])
        elif self._starts_record(outcome, there):
            self.in_doubt, self.needed = False, frozenset()
            self.whole = self.position
            self._keep(number, there)
        elif self._only_moves(outcome, there) or self._is_context(outcome, there):
            self._keep(number, there)
            self.needed -= _set(there[0])
        else:
            self._discard(number, outcome[0])

    def _discard(self, number: int, steps: Sequence[Step]) -> None:
        self.discarded.append(number)
        self.needed |= _assigned(steps) & self.layout.filldown
        for assigned, _, op in steps:
            if op:
                self.broken = False
            elif not self.layout.opening.isdisjoint(assigned):
                self.broken = True

    def _only_moves(self, outcome: Outcome, there: Outcome) -> bool:
        """Tell whether a line assigns nothing and closes nothing."""
        return not outcome[0] and not there[0] and _stops(outcome) == _stops(there)

    def _is_context(self, outcome: Outcome, there: Outcome) -> bool:
        """Tell whether a line does no more than set Filldown values, for records to come."""
        return (
            outcome == there
            and not self.position.record_open
            and not any(op for _, _, op in outcome[0])
            and self.layout.opening.isdisjoint(_assigned(outcome[0]))
        )

    def _starts_record(self, outcome: Outcome, there: Outcome) -> bool:
        """Tell whether all of a record, and of what it needs from before it, begins with this line."""
        closing, rest = _split(outcome[0])
        closing_there, rest_there = _split(there[0])
        if outcome[1] is not there[1] or rest != rest_there:
            return False
        if self.position.record_open and not closing_there:
            return False
        first = _up_to_operator(rest)
        needed = frozenset[int]() if any(op == "Clearall" for _, _, op in closing_there) else self.needed
        if needed - _set(first):
            return False
        by_key = {self.here.name, self.position.state.name} <= self.layout.keyed
        return bool(closing) or not self.broken or (by_key and bool(_assigned(first) & self.layout.keys))


def _stops(outcome: Outcome) -> bool:
    return outcome[1] is not None and outcome[1].stops


def _split(steps: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Split what only closes records, before anything is assigned, from the rest."""
    closing = tuple(takewhile(lambda step: not step[0], steps))
    return closing, steps[len(closing) :]


def _up_to_operator(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that fill one record."""
    without = tuple(takewhile(lambda step: not step[2], steps))
    return steps[: len(without) + 1]


def _texts(steps: Iterable[Step]) -> Iterator[tuple[int, str | None]]:
    """Every value that is assigned, by position, with what it is given."""
    return (pair for assigned, texts, _ in steps for pair in zip(assigned, texts, strict=False))


def _assigned(steps: Iterable[Step]) -> frozenset[int]:
    return frozenset(position for position, _ in _texts(steps))


def _set(steps: Iterable[Step]) -> frozenset[int]:
    """Values that are given a text, not merely emptied."""
    return frozenset(position for position, text in _texts(steps) if text)


def _sort_record(lines: Iterable[tuple[int, str]], start: State, layout: Layout, longest: int) -> SortedLines:
    """Decide about the lines of an output that is one record."""
    kept: list[int] = []
    unread: list[int] = []
    held: dict[int, str] = {}
    contradicted = False
    here = start
    for number, line in lines:
        steps, target = ((), None) if len(line) > longest else here.read(line)
        if target is None:
            unread.append(number)
            continue
        texts = {at: text for at, text in _texts(steps) if text and at not in layout.lists}
        if unread and any(held.get(at, text) != text for at, text in texts.items()):
            contradicted = True
        held |= texts
        kept.append(number)
        here = target
        if here.stops:
            break
    if contradicted:
        return SortedLines((), tuple(unread), tuple(kept))
    return SortedLines(tuple(kept), tuple(unread), ())


def sort_lines(
    lines: Iterable[tuple[int, str]], start: State, layout: Layout, *, longest: int
) -> SortedLines:
    """Decide what becomes of each numbered line; one longer than `longest` is unread without a try."""
    if layout.one_record:
        return _sort_record(lines, start, layout, longest)
    begin = _Position(0, start, record_open=False, filled=frozenset())
    sorting = _Sorting(layout, begin, begin, start)
    for number, line in lines:
        if sorting.position.state.stops:
            break
        if sorting.here.stops:
            sorting.discarded.append(number)
            continue
        outcome = ((), None) if len(line) > longest else sorting.here.read(line)
        if outcome[1] is None:
            sorting.unknown(number, outcome[0])
        else:
            sorting.known(number, line, outcome)
    return SortedLines(tuple(sorting.kept), tuple(sorting.unread), tuple(sorted(sorting.discarded)))
