"""Rows of a baseline: processors, memory, tables."""

from baselines.parameters.fields import Load, Row

ROWS: dict[str, type[Row]] = {
    "SYS-001": Load,
    "SYS-004": Load,
    "SYS-012": Row,
}
