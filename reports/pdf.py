"""The inspection report as a PDF file."""

from pathlib import Path

from checks.inspection import Inspection
from reports.document import Document
from reports.output import write_atomically


def write_pdf(inspection: Inspection, path: Path) -> None:
    """Write the seven-chapter report; LogoError when the site's logo file cannot be used."""
    write_atomically(path, lambda draft: Document(draft, inspection).write())
