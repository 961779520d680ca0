"""What a check is, and how it is run over the facts of one device."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baselines.site_form import FilledForm
from checks.evaluation import Evaluation
from checks.exposure import Exposure
from checks.fleet import Fleet
from checks.growth import CounterSample
from checks.metrics import Series
from checks.verdict import Outcome, Result, Verdict, not_applicable, not_assessed
from checks.words import FACT_WORDS, REASON_WORDS
from collector.inventory import Device
from parsers.facts import Facts, Known, Partial, Reason, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a check may look at. Facts that the check names in `needs` are Known or Partial."""

    device: Device
    facts: Facts
    params: Mapping[str, Any]
    """This check's row of the baseline: thresholds and lists, validated on loading."""
    collected_at: datetime | None
    """UTC, aware; None: an imported log does not say."""
    sample: CounterSample | None = None
    """What holds counters, as it was earlier in the same visit; None where it was asked once."""
    previous: Facts | None = None
    """The last inspection's facts of this device; None at the first inspection.

    Their secrets are masked: compare texts that may hold some, above all the configuration, with
    `parsers.stored_facts.masked(facts)`. Their captures lie in another run: they cannot be evidence.
    """
    previous_at: datetime | None = None
    """When the device was asked then; None also where an imported log does not say."""
    series: Series = field(default_factory=dict)
    """Measured values of earlier inspections of this device, for checks that judge a trend."""
    exposures: tuple[Exposure, ...] = ()
    """Advisories matched against this device, for the checks that judge versions."""
    evaluation: Evaluation | None = None
    """What its version means; None where nobody evaluated it."""
    form: FilledForm | None = None
    """What was seen on site; None: nobody gave a form."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """Of this device, by id, for checks that sum up others: those they name, as far as they were run."""
    fleet: Fleet = field(default_factory=Fleet)
    """All devices of the inspection, this one among them, for checks that compare devices."""


Judge = Callable[[Context], Iterable[Result]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the catalogue: its text is `checks/catalogue/`, its numbers `baselines/`."""

    id: str
    needs: tuple[str, ...]
    """Names of the facts without which it says nothing."""
    judge: Judge = field(repr=False)
    also: tuple[str, ...] = ()
    """Names of facts that it takes into account where they are known, and can do without."""
    of: tuple[str, ...] = ()
    """Ids of checks whose verdicts it sums up; they are given before it."""
    unless: Callable[[Device], str] = field(default=lambda _: "", repr=False)
    """Why there is nothing to judge, by what the inventory says of the device, whatever the facts are; empty:
    there is."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Everything to collect for it."""
        return (*self.needs, *self.also)


def check(
    check_id: str,
    *needs: str,
    also: tuple[str, ...] = (),
    of: tuple[str, ...] = (),
    unless: Callable[[Device], str] = lambda _: "",
) -> Callable[[Judge], Check]:
    """Make a Check of a function. Nothing is registered: `checks/registry.py` lists them."""
    return lambda judge: Check(check_id, needs, judge, also, of, unless)


def value_of(fact: Known[Any] | Partial[Any] | Unknown) -> Any:
    """Give the value of a fact that the check has named in `needs`."""
    if isinstance(fact, Unknown):
        raise TypeError("a check may only take the value of a fact it needs")
    return fact.value


LACKING, BECAUSE = "未取得“", "”："
"""What the message of a missing fact begins with, and what stands before the reason."""


def run(rule: Check, context: Context) -> Verdict:
    """Judge one device. A missing fact is not assessed; a partly read one can fail but not pass."""
    nothing = rule.unless(context.device)
    if nothing:
        return Verdict(rule.id, context.device.name, (not_applicable(nothing),))
    facts = [(name, getattr(context.facts, name)) for name in rule.needs]
    unknown = [(name, fact) for name, fact in facts if isinstance(fact, Unknown)]
    absent = [FACT_WORDS[name] for name, fact in unknown if fact.absent]
    if absent:
        none = not_applicable(f"该平台没有与“{absent[0]}”对应的功能")
        return Verdict(rule.id, context.device.name, (none,))
    if unknown:
        return Verdict(rule.id, context.device.name, tuple(_missing(*each) for each in unknown))
    unread = [line for _, fact in facts if isinstance(fact, Partial) for line in fact.unread]
    results = list(rule.judge(context))
    if unread:
        results = [
            _not_sure(r, f"{unread[0].command} 第 {unread[0].number} 行等 {len(unread)} 行未能识别")
            for r in results
        ]
    return Verdict(rule.id, context.device.name, tuple(results))


def _missing(name: str, fact: Unknown) -> Result:
    why = f"（{fact.detail}）" if fact.detail else ""
    return not_assessed(
        fact.reason,
        f"{LACKING}{FACT_WORDS[name]}{BECAUSE}{REASON_WORDS[fact.reason]}{why}",
        "",
        *fact.sources,
    )


def cause(message: str) -> str:
    """The reason of a message about a missing fact, without the fact; any other message as it is."""
    name, because, why = message.removeprefix(LACKING).partition(BECAUSE)
    return why if message.startswith(LACKING) and name and because else message


def of_one_cause(messages: Iterable[str]) -> list[str]:
    """Put what is said of missing facts together where only the fact differs; the others stay as they are."""
    lacking: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for message in dict.fromkeys(messages):
        name, because, why = message.removeprefix(LACKING).partition(BECAUSE)
        if message.startswith(LACKING) and because:
            lacking.setdefault(why, []).append(name)
            said.setdefault(why, "")
        else:
            said[message] = message
    return [text or f"{LACKING}{'”、“'.join(lacking[why])}{BECAUSE}{why}" for why, text in said.items()]


def _not_sure(result: Result, why: str) -> Result:
    """Turn what partly read data cannot support into not assessed."""
    if result.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE) or result.rests_on_absence:
        return not_assessed(Reason.UNPARSED, why, result.object, *result.seen)
    return result
