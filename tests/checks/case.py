"""One row of a check's table: some facts, and every result they must give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from baselines.baseline import load_baseline
from baselines.site_form import FilledForm
from checks.check import Check, Context, run
from checks.fleet import Fleet, Member
from checks.growth import CounterSample
from checks.metrics import Sample
from checks.registry import by_id
from checks.verdict import Outcome, Result, Verdict
from collector.inventory import Device, Expected, Site
from parsers.facts import Facts, Known, Partial, Reason, Unknown, UnreadLine
from parsers.seen import Seen

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SEEN = Seen("ab" * 32, "display something", (3, 4))
SOURCE = Seen("ab" * 32, "display something", ())
UNREAD = UnreadLine("display something", 7, "a line nobody knows")


@dataclass(frozen=True, kw_only=True)
class Case:
    check: str
    name: str
    facts: Mapping[str, Any]
    """Value (or whole Fact) by name of the fact."""
    gives: tuple[str, ...]
    """Every result in order: outcome, severity or reason, object; parts that are empty left out."""
    says: tuple[str, ...] = ()
    """What must stand in the messages."""
    site: Site | None = None
    form: FilledForm | None = None
    """What was seen on site."""
    platform: str | None = None
    """Id of the device's own platform."""
    expect: Mapping[str, Any] = field(default_factory=dict)
    device: Mapping[str, Any] = field(default_factory=dict)
    """Other fields of the device in the inventory."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Laid over the default baseline's row."""
    sample: Mapping[str, Any] | None = None
    """The same earlier in this visit, as far as it holds counters."""
    sample_s: float = 30.0
    """How long before."""
    previous: Mapping[str, Any] | None = None
    previous_days: float | None = None
    """How long ago the last inspection was."""
    collected: bool = True
    """False: out of a log that does not say when."""
    series: Mapping[tuple[str, str], tuple[float, ...]] = field(default_factory=dict)
    """By name and object of a metric: values of earlier inspections, thirty days apart, the oldest first."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    """Of other checks, for one that sums them up."""
    peers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Facts of the other devices of the inspection, by name."""
    peer_roles: Mapping[str, Any] = field(default_factory=dict)
    """Roles of those devices, where they matter."""
    behind: bool = False
    """The device stands behind its peers in the inventory, not in front of them."""
    lost: tuple[str, ...] = ()
    """Names of other devices that were not reached."""

    def __str__(self) -> str:
        return f"{self.check}: {self.name}"

    def results(self, check: Check | None = None) -> tuple[Result, ...]:
        return run(check or by_id(self.check), context_of(self)).results

    def hold(self, check: Check | None = None) -> None:
        """Assert that the check gives exactly what this case says, with words and evidence."""
        results = self.results(check)
        assert tuple(short(result) for result in results) == self.gives
        named = [(result.outcome, result.object) for result in results if result.outcome is Outcome.FAIL]
        assert len(set(named)) == len(named), "two problems of one device may not have one identity"
        said = "\n".join(result.message for result in results)
        assert [text for text in self.says if text not in said] == []
        assert all(result.message for result in results)
        assert all(result.seen for result in results if result.outcome is Outcome.FAIL), (
            "a fail needs evidence"
        )


def short(result: Result) -> str:
    parts = (result.outcome, result.severity or result.reason or "", result.object)
    return " ".join(part for part in parts if part)


def facts_of(values: Mapping[str, Any]) -> Facts:
    """Facts with these values known and the others not asked for."""
    wrapped = {
        name: value if isinstance(value, Known | Partial | Unknown) else Known(value, (SOURCE,))
        for name, value in values.items()
    }
    return Facts(**wrapped)


def device_of(case: Case) -> Device:
    return Device(name="sw1", host="192.0.2.10", expect=Expected(**case.expect), **case.device)


def fleet_of(case: Case) -> Fleet:
    """The device itself in front, then its peers; the other way round for one that stands behind."""
    peers = [
        Member(
            device=_peer(name, case.peer_roles.get(name, "unknown")),
            facts=facts_of(facts),
            collected_at=NOW,
        )
        for name, facts in case.peers.items()
    ]
    lost = [Member(device=_peer(name), facts=Facts(), reason=Reason.UNREACHABLE) for name in case.lost]
    own = Member(device=device_of(case), facts=facts_of(case.facts), platform=case.platform, collected_at=NOW)
    return Fleet((*peers, own, *lost) if case.behind else (own, *peers, *lost), case.site)


def _peer(name: str, role: Any = "unknown") -> Device:
    return Device(name=name, host="192.0.2.11", role=role)


def context_of(case: Case) -> Context:
    return Context(
        device=device_of(case),
        facts=facts_of(case.facts),
        params=dict(load_baseline().params(case.check)) | dict(case.params),
        collected_at=NOW if case.collected else None,
        sample=None
        if case.sample is None
        else CounterSample(facts_of(case.sample), dict.fromkeys(case.sample, case.sample_s)),
        previous=None if case.previous is None else facts_of(case.previous),
        previous_at=None if case.previous_days is None else NOW - timedelta(days=case.previous_days),
        series={
            key: tuple(
                Sample(NOW - timedelta(days=30 * (len(values) - number)), value)
                for number, value in enumerate(values)
            )
            for key, values in case.series.items()
        },
        form=case.form,
        verdicts=case.verdicts,
        fleet=fleet_of(case),
    )
