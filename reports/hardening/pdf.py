"""The hardening plan as a PDF file, in two parts."""

from pathlib import Path

from checks.hardening import HardeningPlan
from reports.document import Document
from reports.hardening import checklist, summary
from reports.labels import MISSING, day
from reports.output import write_atomically
from reports.pdf import imprint_of
from reports.sections.contents import contents
from reports.sections.cover import cover

NAME = "网络加固方案"


def write_hardening_pdf(plan: HardeningPlan, path: Path) -> None:
    """Write the plan; LogoError when the site's logo file cannot be used."""
    inspection = plan.inspection
    site = inspection.site
    rows = [
        ("依据巡检", inspection.run_id),
        ("密级", site.classification),
        ("巡检日期", day(inspection.started_at, site.zone)),
        ("客户", site.customer),
        ("服务方", site.provider or MISSING),
        ("方案版本", "V1.0（待审核）"),
    ]
    sections = [cover(NAME, site, rows), contents(), summary.blocks(plan), checklist.blocks(plan)]
    write_atomically(path, lambda draft: Document(draft, imprint_of(inspection, NAME)).write(sections))
