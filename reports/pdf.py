"""The inspection report as a PDF file: its sections in order."""

from pathlib import Path

from checks.inspection import Inspection
from reports.document import Document, Imprint
from reports.labels import REPORT_NAME
from reports.output import write_atomically
from reports.section import Section
from reports.sections import (
    conclusion,
    contents,
    control,
    cover,
    explanations,
    overview,
    problems,
    resources,
    risks,
    site,
    summary,
)

SECTIONS: tuple[Section, ...] = (
    cover.blocks,
    control.blocks,
    contents.blocks,
    summary.blocks,
    site.blocks,
    overview.blocks,
    problems.blocks,
    explanations.blocks,
    risks.blocks,
    resources.blocks,
    conclusion.blocks,
)
"""A further section is one file in `reports/sections/` and one entry here."""


def imprint_of(inspection: Inspection, name: str = REPORT_NAME) -> Imprint:
    """What stands on every page of a document about this inspection."""
    site = inspection.site
    return Imprint(
        name=name,
        customer=site.customer,
        site=site.name,
        number=inspection.run_id,
        classification=site.classification,
        author=site.provider or inspection.engineer,
        creator=f"xunjian {inspection.tool_version}",
    )


def write_pdf(inspection: Inspection, path: Path) -> None:
    """Write the seven-chapter report; LogoError when the site's logo file cannot be used."""
    sections = [section(inspection) for section in SECTIONS]
    write_atomically(path, lambda draft: Document(draft, imprint_of(inspection)).write(sections))
