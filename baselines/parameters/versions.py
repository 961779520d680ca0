"""Rows of a baseline: software, patches, advisories."""

from typing import Annotated

from pydantic import Field

from baselines.parameters.fields import Count, Number, Row


class Cvss(Row):
    """Base scores from which an advisory is high or critical."""

    cvss_crit: Annotated[Number, Field(ge=0, le=10)]
    cvss_high: Annotated[Number, Field(ge=0, le=10)]


class Lifecycle(Row):
    """Months before an end that are worth a word; days after which dates may have changed."""

    months_warn: Count
    stale_days: Count


class Behind(Row):
    """Approved releases by which a device may not lag."""

    behind_warn: Count


ROWS: dict[str, type[Row]] = {
    "VER-001": Row,
    "VER-002": Row,
    "VER-003": Row,
    "VER-004": Cvss,
    "VER-005": Lifecycle,
    "VER-006": Behind,
    "VER-008": Row,
}
