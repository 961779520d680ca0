"""The formula of the risk factor (风险系数), 0 to 10: its numbers are data, its form is printed."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from baselines.advisory import Severity
from baselines.parameters.fields import Number

Share = Annotated[Number, Field(ge=0, le=1)]
Trigger = Literal["none_needed", "present", "unknown", "absent"]
State = Literal["affected", "undetermined", "mitigated", "not_affected"]
Reach = Literal["anywhere", "nearby", "unknown"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Likelihood(_Strict):
    """Shares that are added up, 1 at the most."""

    trigger: Annotated[dict[Trigger, Share], Field(min_length=4)]
    """Whether the feature is in use; what cannot be told counts as the higher one and is marked."""
    remote: Annotated[dict[Reach, Share], Field(min_length=3)]
    """From where it can be triggered."""
    exploited: Share
    """For what is listed as exploited (KEV)."""
    epss: Share
    """At an EPSS probability of 1; less in proportion."""


class RiskFormula(_Strict):
    """10 × likelihood × state × impact × role."""

    likelihood: Likelihood
    state: Annotated[dict[State, Share], Field(min_length=4)]
    """How much of it remains: a workaround lowers the risk and does not end it."""
    severity: Annotated[dict[Severity, Share], Field(min_length=5)]
    """Impact where nobody gave a CVSS score; else the score divided by ten."""
    role: Annotated[dict[str, Share], Field(min_length=8)]
    """How much hangs on a device of this role."""
