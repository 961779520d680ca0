"""Rows of a baseline: configuration and licences."""

from baselines.parameters.fields import Row, Words


class SavedSections(Row):
    """Openings of top-level blocks that matter for forwarding and access."""

    major_sections: Words


ROWS: dict[str, type[Row]] = {
    "CFG-001": SavedSections,
}
