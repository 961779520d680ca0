"""The result of inspecting one site: all that a report needs, and nothing it has to work out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import ConfigDict

from baselines.waivers import Waiver
from checks.comparison import Comparison
from checks.evaluation import Evaluation
from checks.exposure import Exposure
from checks.lifecycle import Decision, Problem
from checks.trends import Trend
from checks.verdict import Outcome, Severity, Verdict
from collector.capture import Source
from collector.inventory import Authorization, Device, Site
from collector.profile import ProfileName
from collector.run_record import OpenedSession, Resumption
from parsers.facts import Facts, Reason, UnreadLine
from parsers.ledger import ReadResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Raw lines that a finding rests on, secrets masked."""

    command: str
    first_line: int
    """Number of the first line in the cleaned capture, from 1."""
    lines: tuple[str, ...]
    """Empty where the finding rests on what a long output as a whole does not say."""
    collected_at: datetime | None
    """None: an imported log does not say."""
    sha256: str
    """Of the raw capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fail: one check, one device, one object."""

    number: str
    """Within this inspection: `P001`, the severest first."""
    check_id: str
    device: str
    object: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...]
    waiver: Waiver | None = None
    """None: open; else the record by which it is accepted."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same problem in the next inspection."""
        return self.check_id, self.device, self.object


class WaiverState(StrEnum):
    """What became of an accepted risk in this inspection."""

    APPLIED = "applied"
    EXPIRED = "expired"
    """Its last day is over: what it was about is open again."""
    UNMATCHED = "unmatched"
    """Nothing was found that it is about: solved, or written wrongly."""
    NOT_ASSESSED = "not_assessed"
    """Nothing was found, but not everything that it may be about was looked at."""


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """One accepted risk and the problems that it is about."""

    waiver: Waiver
    state: WaiverState
    findings: tuple[str, ...]
    """Their numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRecord:
    """One command that was sent to one device."""

    command: str
    status: str
    """A value of CaptureStatus."""
    parsed: ReadResult
    elapsed_s: float | None
    """None: out of a log that others recorded."""
    size_bytes: int
    sha256: str
    file: str
    """Path of the raw capture inside the run folder."""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastInspection:
    """The inspection that a device is compared with."""

    run_id: str
    planned_at: datetime
    name: str
    """What the device was called then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceReport:
    """One device as inspected."""

    device: Device
    platform: str | None
    """Platform id; None where it could not be told."""
    vendor: str
    platform_label: str
    platform_evidence: str
    """Caveat about how well this platform's outputs are known; empty for none."""
    reached: bool
    reason: Reason | None
    """Why it was not inspected; None when it was."""
    detail: str
    collected_at: datetime | None
    facts: Facts
    verdicts: tuple[Verdict, ...]
    """One per selected check, in catalogue order; also for a device that was not reached."""
    exposures: tuple[Exposure, ...]
    evaluation: Evaluation | None = None
    """None for a device that was not reached."""
    commands: tuple[CommandRecord, ...]
    unread: tuple[UnreadLine, ...]
    score: float | None
    """0-100; None when too little was assessed to say."""
    source: Source = Source.SSH
    broken_off: Reason | None = None
    """Why the work on a device that was reached ended early; what was not asked then is not assessed."""
    previous: LastInspection | None = None
    """None: it is inspected for the first time, or nothing is compared."""

    def count(self, outcome: Outcome) -> int:
        """How many checks ended so."""
        return sum(verdict.outcome is outcome for verdict in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """What the catalogue says of one check, in Chinese, as reports print it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    group: str
    title: str
    severity: Severity
    meaning: str
    rule: str
    rationale: str
    remediation: Mapping[str, str]
    """By platform id, or `action` for advice that is the same for all."""
    remediation_checked: Mapping[str, bool]
    """False: the platform's lines, or those of its way back, were not looked up: printed with 待核实."""
    risk: str
    rollback: Mapping[str, str]
    verification: str
    interrupts: str
    """Whether carrying the remedy out interrupts service."""
    references: tuple[str, ...]
    mode: Literal["state", "delta", "compare", "trend", "config", "derived", "manual"] = "state"
    """What it judges by: one sample, two samples, the last inspection, a series, the configuration,
    other data, or what the engineer fills in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """Chapter seven in three sentences, with what limits it."""

    grade: Literal["优", "良", "中", "差"] | None
    """None when too much was not assessed to give one (数据不足), or by the profile's choice (不评级)."""
    score: float | None
    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    """What the conclusion does not cover, each with its number."""
    formula: tuple[str, ...]
    """How score and grade came about, printed in the report."""
    deadlines: Mapping[Severity, str]
    """When a problem of each severity ought to be dealt with, unless the contract says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisorySource:
    """One source of advisories and how old it is."""

    name: str
    dated: str
    """The day up to which it is complete; empty where nobody knows."""
    count: int
    note: str
    age_days: int | None = None
    """From that day to the inspection."""
    stale: bool = False
    """Older than the baseline allows (VER-004, source_days_max), or of unknown age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the inspections before add to this one."""

    inspections: int
    """How many of the site are remembered, without this one."""
    problems: tuple[Problem, ...]
    """All that there ever were, as they stand after this inspection."""
    decisions: Mapping[str, Decision]
    """By id of the problem; only of those about which something was said."""
    series: int = 0
    """How many values are followed, each of one object of one device."""
    trends: tuple[Trend, ...] = ()
    """Those that get worse, the soonest to reach its limit first."""
    unavailable: str = ""
    """Why nothing is known of them, in Chinese; empty when the history could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One site, inspected once."""

    run_id: str
    kind: str
    """例行, 专项, 重保前 or 重保后."""
    site: Site
    authorization: Authorization
    started_at: datetime
    ended_at: datetime
    complete: bool
    """False when the run was interrupted, a device was not reached, or the work on one ended early."""
    interrupted: str
    """What cut the run short; empty when nothing did."""
    engineer: str
    devices: tuple[DeviceReport, ...]
    findings: tuple[Finding, ...]
    """The severest first."""
    texts: Mapping[str, CheckText]
    """By check id, for every selected check, in catalogue order."""
    conclusion: Conclusion
    advisory_sources: tuple[AdvisorySource, ...]
    tool_version: str
    waivers: tuple[WaiverUse, ...] = ()
    """Every accepted risk that was given, in the order of its file."""
    profile: ProfileName = ProfileName.FULL
    """How much was asked for."""
    override: str = ""
    """Why sensitive periods of the site were passed over; empty: they were not."""
    sessions: tuple[OpenedSession, ...] = ()
    """Every session that the run opened, on devices and jump hosts."""
    resumptions: tuple[Resumption, ...] = ()
    """Every time that collecting was taken up again, the first in front."""

    past: Past | None = None
    """None: nobody looked for earlier inspections."""
    comparison: Comparison | None = None
    """With the last inspection of each device; None: there is none."""

    @property
    def reached(self) -> tuple[DeviceReport, ...]:
        """The devices that were really inspected."""
        return tuple(report for report in self.devices if report.reached)

    @property
    def unclosed(self) -> tuple[OpenedSession, ...]:
        """Sessions whose end nobody wrote down: the run was killed, and the system ended them."""
        return tuple(session for session in self.sessions if session.closed_at is None)
