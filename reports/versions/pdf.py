"""版本评估报告 as a PDF file, in two parts."""

from pathlib import Path

from baselines.risk import RiskFormula
from checks.inspection import Inspection
from reports.document import Document
from reports.labels import MISSING, day
from reports.output import write_atomically
from reports.pdf import imprint_of
from reports.sections.contents import contents
from reports.sections.cover import cover
from reports.versions import details, summary

NAME = "版本评估报告"


def write_version_report(inspection: Inspection, formula: RiskFormula, path: Path) -> None:
    """Write the evaluation; LogoError when the site's logo file cannot be used."""
    site = inspection.site
    found = [
        ("依据巡检", inspection.run_id),
        ("密级", site.classification),
        ("巡检日期", day(inspection.started_at, site.zone)),
        ("客户", site.customer),
        ("服务方", site.provider or MISSING),
        ("报告版本", "V1.0（待审核）"),
    ]
    sections = [
        cover(NAME, site, found),
        contents(),
        summary.blocks(inspection, formula),
        details.blocks(inspection),
    ]
    write_atomically(path, lambda draft: Document(draft, imprint_of(inspection, NAME)).write(sections))
