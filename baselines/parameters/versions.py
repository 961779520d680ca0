"""Rows of a baseline: software, patches, advisories."""

from typing import Annotated

from pydantic import Field

from baselines.parameters.fields import Count, Number, Row, Words


class Cvss(Row):
    """Base scores from which an advisory is high or critical; days after which a source of them is stale."""

    cvss_crit: Annotated[Number, Field(ge=0, le=10)]
    cvss_high: Annotated[Number, Field(ge=0, le=10)]
    source_days_max: Count


class Lifecycle(Row):
    """Months before an end that are worth a word; days after which dates may have changed."""

    months_warn: Count
    stale_days: Count


class Behind(Row):
    """Approved releases by which a device may not lag."""

    behind_warn: Count


class BootLoaders(Row):
    """Least version of the boot loader by model."""

    bootrom_min: dict[str, Annotated[str, Field(pattern=r"\d")]]


class Packages(Row):
    """Number of packages nobody uses; how names of packages end."""

    idle_warn: Count
    packages: Annotated[Words, Field(min_length=1)]


ROWS: dict[str, type[Row]] = {
    "VER-001": Row,
    "VER-002": Row,
    "VER-003": Row,
    "VER-004": Cvss,
    "VER-005": Lifecycle,
    "VER-006": Behind,
    "VER-007": Row,
    "VER-008": Row,
    "VER-009": Row,
    "VER-010": BootLoaders,
    "VER-011": Packages,
}
