"""Rows of a baseline: interfaces and optical modules."""

from typing import Annotated

from pydantic import Field, Strict

from baselines.parameters.fields import (
    AtLeastZero,
    Count,
    Coverage,
    Load,
    Number,
    Override,
    Percent,
    Row,
    States,
    Words,
)


class ReceivedPower(Row):
    """dB left to the module's alarm limit; dBm that mean no light."""

    margin_warn_db: AtLeastZero
    margin_crit_db: AtLeastZero
    no_light_dbm: Number


class OpticAlarms(Row):
    """Words in an alarm that concerns received light."""

    rx_words: Words


class IdlePorts(Row):
    """Days without a link from which a port is idle; share of such ports, percent."""

    idle_days: AtLeastZero
    unused_enabled_pct_warn: Percent


class OneWayLinks(States):
    """One-way link detection: words for a port without a cable, or still finding out."""

    state_absent: Words


class ManagementPort(Row):
    """Words in the name of a VRF for management."""

    vrf_words: Words


class SentPower(Row):
    """dB left to the module's alarm limit; dBm that mean no light."""

    margin_warn_db: AtLeastZero
    no_light_dbm: Number


class ModuleTemperature(Override):
    """℃ from which a module is warm that prints no limit of its own."""

    warn_c: Number


class BiasTrend(Row):
    """Inspections that make a trend; percent by which the current may rise in all."""

    runs_min: Annotated[int, Strict(), Field(ge=3)]
    rise_pct: Percent


class ReceivedChange(Row):
    """dB by which received light may drop between two inspections; dBm that mean no light."""

    drop_warn_db: Annotated[AtLeastZero, Field(gt=0)]
    drop_crit_db: Annotated[AtLeastZero, Field(gt=0)]
    no_light_dbm: Number


class Errors(Row):
    """Errors between two readings: fewest that are judged; share of packets, and rate per hour."""

    growth_min: Count
    packets_min: Count
    ratio_warn: Annotated[Number, Field(gt=0, lt=1)]
    ratio_crit: Annotated[Number, Field(gt=0, lt=1)]
    errors_per_hour_warn: AtLeastZero
    errors_per_hour_crit: AtLeastZero


class Drops(Row):
    """Drops between two readings: fewest that are judged, and rate per hour."""

    growth_min: Count
    drops_per_hour_warn: AtLeastZero


class Flapping(Row):
    """Hours before the newest message; how often a port may go down in them."""

    window_h: Annotated[Number, Field(gt=0)]
    flaps_warn: Count


ROWS: dict[str, type[Row]] = {
    "IF-001": Row,
    "IF-002": Errors,
    "IF-003": Drops,
    "IF-004": Load,
    "IF-005": Row,
    "IF-006": Row,
    "IF-007": Flapping,
    "IF-008": Row,
    "IF-009": Coverage,
    "IF-010": IdlePorts,
    "IF-011": OneWayLinks,
    "IF-012": Row,
    "IF-013": Row,
    "IF-014": ManagementPort,
    "OPT-001": ReceivedPower,
    "OPT-002": SentPower,
    "OPT-003": ModuleTemperature,
    "OPT-004": BiasTrend,
    "OPT-005": ReceivedChange,
    "OPT-006": Row,
    "OPT-007": Row,
    "OPT-008": OpticAlarms,
}
