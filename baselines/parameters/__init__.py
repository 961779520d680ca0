"""The form of each check's row in a baseline: which parameters there are and what they may be."""

from baselines.parameters import (
    configuration,
    hardware,
    interfaces,
    logs,
    network,
    security,
    system,
    versions,
)
from baselines.parameters.fields import Row

ROWS: dict[str, type[Row]] = {
    **hardware.ROWS,
    **system.ROWS,
    **versions.ROWS,
    **interfaces.ROWS,
    **network.ROWS,
    **logs.ROWS,
    **security.ROWS,
    **configuration.ROWS,
}
"""The form of the row of each check, in catalogue order; `checks/registry.py` has the same ids."""
