"""Rows of a baseline: interfaces and optical modules."""

from baselines.parameters.fields import AtLeastZero, Load, Number, Percent, Row, States, Words


class ReceivedPower(Row):
    """dB left to the module's alarm limit; dBm that mean no light."""

    margin_warn_db: AtLeastZero
    margin_crit_db: AtLeastZero
    no_light_dbm: Number


class OpticAlarms(Row):
    """Words in an alarm that concerns received light."""

    rx_words: Words


class Coverage(Row):
    """Share of ports that must have it, percent."""

    coverage_pct_warn: Percent


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


ROWS: dict[str, type[Row]] = {
    "IF-001": Row,
    "IF-004": Load,
    "IF-005": Row,
    "IF-008": Row,
    "IF-009": Coverage,
    "IF-010": IdlePorts,
    "IF-011": OneWayLinks,
    "IF-012": Row,
    "IF-014": ManagementPort,
    "OPT-001": ReceivedPower,
    "OPT-008": OpticAlarms,
}
