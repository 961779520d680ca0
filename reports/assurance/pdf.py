"""The closing report as a PDF file: its chapters in order."""

from pathlib import Path

from checks.closing import Closing
from reports.assurance import before_after, readiness, rounds, sign_off, summary
from reports.document import Document, Imprint
from reports.labels import MISSING, day
from reports.output import write_atomically
from reports.sections.contents import contents
from reports.sections.cover import cover

NAMES = ("重保总结报告", "变更保障总结报告")


def write_closing_pdf(closing: Closing, path: Path) -> None:
    """Write the report; LogoError when the site's logo file cannot be used."""
    event, site = closing.event, closing.site
    name = NAMES[event.is_change]
    rows = [
        ("保障事项", event.name),
        ("密级", site.classification),
        ("开始日期", day(event.period.start, site.zone)),
        ("结束日期", day(event.period.end, site.zone)),
        ("客户", site.customer),
        ("服务方", site.provider or MISSING),
        ("合同/服务号", site.contract or MISSING),
        ("报告版本", "V1.0（待审核）"),
    ]
    imprint = Imprint(
        name=name,
        customer=site.customer,
        site=site.name,
        number=event.name,
        classification=site.classification,
        author=site.provider or closing.engineer,
        creator=f"xunjian {closing.tool_version}",
    )
    sections = [
        cover(name, site, rows),
        contents(),
        summary.blocks(closing),
        readiness.blocks(closing),
        rounds.blocks(closing),
        before_after.blocks(closing),
        sign_off.blocks(closing),
    ]
    write_atomically(path, lambda draft: Document(draft, imprint).write(sections))
