"""Rows of a baseline: temperatures, power, fans, boards, restarts."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from baselines.parameters.fields import (
    AtLeastZero,
    BoardKind,
    Load,
    Number,
    Override,
    Percent,
    Row,
    States,
    Word,
    Words,
)


class Temperatures(States, Override):
    """Sensors: words for a warning, ℃ below the warning limit that are a warning to us, and limits in ℃.

    The limits hold for a sensor that prints none, or for every one with `override`; null: none.
    """

    state_warn: Words
    margin_c: AtLeastZero
    warn_c: Number | None
    alarm_c: Number | None


class TemperatureRise(Row):
    """℃ that a sensor may have risen since the last inspection."""

    rise_c: Annotated[AtLeastZero, Field(gt=0)]


class Climate(Row):
    """℃ and percent of relative humidity that a room may have."""

    temp_min_c: Number
    temp_max_c: Number
    rh_min_pct: AtLeastZero
    rh_max_pct: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.temp_min_c >= self.temp_max_c or self.rh_min_pct >= self.rh_max_pct:
            raise ValueError("each minimum must be less than its maximum")
        return self


class Grounding(Row):
    """Ohm that the ground may have."""

    ground_max_ohm: Annotated[AtLeastZero, Field(gt=0)]


class PowerHeadroom(Row):
    """Percent of what is left after losing a supply."""

    load_warn_pct: Percent


class FanSpeeds(States):
    """Speed in percent, and how far fans of one unit may be apart; only fans in order are judged."""

    speed_warn_pct: Percent
    spread_pct: Percent


class Hardware(States):
    """Power supplies and fans: an empty bay is no fault."""

    state_absent: Words


class Diagnostics(States):
    """Self-tests: words of one that did not run, or not to its end."""

    state_warn: Words


class Boards(Hardware):
    """Boards: which kinds are judged."""

    kinds: Annotated[tuple[BoardKind, ...], Field(min_length=1)]


class Airflow(Row):
    """Words for a direction that mean the same as another word."""

    alike: dict[Word, Word]


class SingleKind(Hardware):
    """Boards of the one kind that the check is about."""


class FreeSpace(Row):
    """Percent that must be free."""

    free_warn_pct: Percent
    free_crit_pct: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.free_crit_pct >= self.free_warn_pct:
            raise ValueError("free_crit_pct must be less than free_warn_pct")
        return self


class Age(Row):
    """Years since the hardware was made."""

    years_warn: AtLeastZero
    years_crit: AtLeastZero

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.years_warn >= self.years_crit:
            raise ValueError("years_warn must be less than years_crit")
        return self


class PowerOverEthernet(Load, States):
    """Percent of the budget; words for the state of a port."""


class Restarts(Row):
    """Uptime in days; words in the reason of a restart nobody asked for."""

    uptime_min_days: AtLeastZero
    abnormal_reasons: Words


ROWS: dict[str, type[Row]] = {
    "ENV-001": Temperatures,
    "ENV-002": TemperatureRise,
    "ENV-003": Climate,
    "ENV-004": Row,
    "ENV-005": Grounding,
    "ENV-006": Row,
    "ENV-007": Row,
    "HW-001": Hardware,
    "HW-002": PowerHeadroom,
    "HW-003": Hardware,
    "HW-004": FanSpeeds,
    "HW-005": Airflow,
    "HW-006": Boards,
    "HW-007": SingleKind,
    "HW-008": SingleKind,
    "HW-009": Diagnostics,
    "HW-010": Restarts,
    "HW-011": Row,
    "HW-012": FreeSpace,
    "HW-013": Row,
    "HW-014": Age,
    "HW-015": PowerOverEthernet,
    "HW-016": Row,
}
