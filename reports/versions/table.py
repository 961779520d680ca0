"""设备版本汇总表 as a PDF file."""

from pathlib import Path

from checks.exposure import ExposureState
from checks.inspection import DeviceReport, Inspection
from reports import style
from reports.document import Document
from reports.labels import MISSING, day
from reports.output import write_atomically
from reports.pdf import imprint_of
from reports.prose import prose
from reports.section import Block, note, titled
from reports.sections.cover import cover
from reports.sections.risks import sources
from reports.tables import Cell, grid
from reports.versions import rows

NAME = "设备版本汇总表"


def write_version_table(inspection: Inspection, path: Path) -> None:
    """Write the list of versions, one line for each device."""
    story = [
        titled(NAME, style.CHAPTER, 0, "versions"),
        *grid(
            ("设备", "型号", "软件版本", "已生效补丁", "命中", "待核实", "风险系数", "推荐版本", "生命周期"),
            [_row(report) for report in inspection.devices],
            (2, 2.4, 2.6, 2.4, 0.8, 1, 1, 2.6, 2.4),
            wide=True,
        ),
        note("命中、待核实为公告数；风险系数的算法与每条公告的依据见版本评估报告。未覆盖不表示没有风险。"),
        prose("公告库", style.SUBHEADING),
        *sources(inspection, wide=True),
    ]
    site = inspection.site
    found = [
        ("依据巡检", inspection.run_id),
        ("密级", site.classification),
        ("巡检日期", day(inspection.started_at, site.zone)),
        ("服务方", site.provider or MISSING),
    ]
    sections = [cover(NAME, site, found), [Block(story, wide=True)]]
    write_atomically(path, lambda draft: Document(draft, imprint_of(inspection, NAME)).write(sections))


def _row(report: DeviceReport) -> list[Cell]:
    evaluation = report.evaluation
    return [
        report.device.name,
        rows.model(report),
        rows.version(report),
        rows.patches(report),
        str(rows.count(report, ExposureState.AFFECTED)) if report.reached else None,
        str(rows.count(report, ExposureState.UNDETERMINED)) if report.reached else None,
        rows.factor(report),
        rows.recommended(evaluation.recommendation if evaluation else None),
        rows.lifecycle(evaluation.lifecycle if evaluation else ()),
    ]
