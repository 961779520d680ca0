"""The risk factor (风险系数) of one exposure: 0 to 10, with every part of it."""

from dataclasses import dataclass

from baselines.risk import Reach, RiskFormula
from checks.exposure import Exposure, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Ten times the product of its parts, each 0 to 1."""

    likelihood: float
    state: float
    impact: float
    role: float
    trigger_unknown: bool
    """The trigger could not be told and counts as the higher one."""

    @property
    def factor(self) -> float:
        """0 to 10, to one decimal."""
        return round(10 * self.likelihood * self.state * self.impact * self.role, 1)


def risk_of(exposure: Exposure, role: str, formula: RiskFormula) -> Risk:
    """Work out the risk factor of one exposure on a device of this role."""
    reach: Reach = "unknown" if exposure.remote is None else "anywhere" if exposure.remote else "nearby"
    shares = formula.likelihood
    likelihood = (
        shares.trigger[exposure.trigger.value]
        + shares.remote[reach]
        + (shares.exploited if exposure.exploited else 0.0)
        + shares.epss * (exposure.epss or 0.0)
    )
    impact = formula.severity[exposure.severity] if exposure.cvss is None else exposure.cvss / 10
    return Risk(
        likelihood=min(1.0, likelihood),
        state=formula.state[exposure.state.value],
        impact=impact,
        role=formula.role[role],
        trigger_unknown=exposure.trigger is Trigger.UNKNOWN,
    )
