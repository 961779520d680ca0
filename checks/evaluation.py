"""What the versions of one device mean: its risks, where to go, and how long it will be served."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from baselines.advisory import Advisory
from baselines.baseline import Baseline
from checks.exposure import Exposure
from checks.matching import AdvisoryIndex
from checks.recommendation import Recommendation, recommend
from checks.risk import Risk, risk_of
from checks.standing import Standing, standing
from checks.support import Lifecycle, lifecycles
from checks.target import Missing, Target, target_of
from collector.inventory import Device
from collector.platform import Platform
from parsers.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The judgement of one device's version."""

    risks: Mapping[str, Risk] = field(default_factory=dict)
    """By number of the problem, as in the exposures."""
    recommendation: Recommendation
    lifecycle: tuple[Lifecycle, ...] = ()
    """Empty: nobody gave dates for it."""
    standing: Standing
    day: date
    """On which it was judged: rules and dates are compared with it."""

    @property
    def factor(self) -> float | None:
        """The highest risk factor of all; None where no advisory covers the device."""
        return max((risk.factor for risk in self.risks.values()), default=None)


class VersionJudge:
    """Judges the versions of all devices of one inspection: advisories are sorted once."""

    def __init__(self, advisories: Iterable[Advisory], baseline: Baseline, site: str, today: date) -> None:
        self.index = AdvisoryIndex(advisories)
        self._baseline, self._site, self._today = baseline, site, today

    def of(self, device: Device, platform: Platform, facts: Facts) -> tuple[tuple[Exposure, ...], Evaluation]:
        """Match one device and say what that means."""
        target = target_of(device.name, platform, facts)
        exposures = self.index.match(target)
        return exposures, self._evaluation(device, target, exposures)

    def _evaluation(self, device: Device, target: Target, exposures: Sequence[Exposure]) -> Evaluation:
        baseline, today = self._baseline, self._today
        model = "" if isinstance(target.model, Missing) else target.model
        rules = [rule for rule in baseline.approved if model and rule.holds_for(model, device, self._site)]
        valid = [rule for rule in rules if rule.valid_on(today)]
        return Evaluation(
            risks={each.advisory_id: risk_of(each, device.role, baseline.risk) for each in exposures},
            recommendation=recommend(target, exposures, self.index, rules=valid),
            lifecycle=lifecycles(target, baseline.lifecycle),
            standing=standing(target, rules, today),
            day=today,
        )
