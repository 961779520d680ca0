"""Rows of a baseline: interfaces and optical modules."""

from baselines.parameters.fields import AtLeastZero, Number, Row, Words


class ReceivedPower(Row):
    """dB left to the module's alarm limit; dBm that mean no light."""

    margin_warn_db: AtLeastZero
    margin_crit_db: AtLeastZero
    no_light_dbm: Number


class OpticAlarms(Row):
    """Words in an alarm that concerns received light."""

    rx_words: Words


ROWS: dict[str, type[Row]] = {
    "IF-001": Row,
    "IF-005": Row,
    "IF-008": Row,
    "IF-012": Row,
    "OPT-001": ReceivedPower,
    "OPT-008": OpticAlarms,
}
