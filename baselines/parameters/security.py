"""Rows of a baseline: management access, control plane, data plane."""

from baselines.parameters.fields import Row

ROWS: dict[str, type[Row]] = {
    "MGT-001": Row,
    "MGT-006": Row,
    "MGT-008": Row,
    "MGT-017": Row,
}
