"""Rows of a baseline: software, patches, advisories."""

from typing import Annotated

from pydantic import Field

from baselines.parameters.fields import Number, Row


class Cvss(Row):
    """Base scores from which an advisory is high or critical."""

    cvss_crit: Annotated[Number, Field(ge=0, le=10)]
    cvss_high: Annotated[Number, Field(ge=0, le=10)]


ROWS: dict[str, type[Row]] = {
    "VER-001": Row,
    "VER-002": Row,
    "VER-004": Cvss,
    "VER-008": Row,
}
