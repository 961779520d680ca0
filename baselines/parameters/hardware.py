"""Rows of a baseline: temperatures, power, fans, boards, restarts."""

from typing import Annotated

from pydantic import Field

from baselines.parameters.fields import AtLeastZero, BoardKind, Row, States, Words


class Temperatures(States):
    """Sensors: words for a warning, and ℃ below the device's warning limit that are a warning to us."""

    state_warn: Words
    margin_c: AtLeastZero


class Hardware(States):
    """Power supplies and fans: an empty bay is no fault."""

    state_absent: Words


class Boards(Hardware):
    """Boards: which kinds are judged."""

    kinds: Annotated[tuple[BoardKind, ...], Field(min_length=1)]


class Restarts(Row):
    """Uptime in days; words in the reason of a restart nobody asked for."""

    uptime_min_days: AtLeastZero
    abnormal_reasons: Words


ROWS: dict[str, type[Row]] = {
    "ENV-001": Temperatures,
    "HW-001": Hardware,
    "HW-003": Hardware,
    "HW-006": Boards,
    "HW-010": Restarts,
}
