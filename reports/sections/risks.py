"""Chapter five: what has not happened yet and the customer has to decide about."""

from collections import Counter
from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from checks.exposure import Exposure, ExposureState
from checks.inspection import AdvisorySource, DeviceReport, Inspection
from checks.verdict import Severity
from checks.words import REASON_WORDS
from parsers.facts import License
from reports import style
from reports.known import Detail, detail_table
from reports.labels import EXPOSURE, MISSING, NONE, yes_no
from reports.prose import prose
from reports.section import Block, Chapter, note, text
from reports.shapes import CheckBoxes
from reports.tables import Cell, Tag, alike, grid, pairs
from reports.versions import rows

TITLE = "风险项告知"
SHOWN = (ExposureState.AFFECTED, ExposureState.UNDETERMINED, ExposureState.MITIGATED)
FILL = {
    ExposureState.AFFECTED: style.SEVERITY_FILL[Severity.MAJOR],
    ExposureState.UNDETERMINED: style.SEVERITY_FILL[Severity.MINOR],
    ExposureState.MITIGATED: style.BLANK,
    ExposureState.NOT_AFFECTED: style.WHITE,
}


def blocks(inspection: Inspection) -> list[Block]:
    """Advisories with the customer's opinion, where they come from, and what was not looked into."""
    chapter = Chapter(5, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                text(
                    "风险项不是本次发现的故障，而是尚未发生、需要客户知情并决定的事项。"
                    "请在「客户意见」栏勾选并签字；选择接受或暂缓的，此页作为告知证明留存。"
                ),
                *chapter.heading("公告库"),
                *sources(inspection),
                *chapter.heading("版本、推荐与生命周期"),
                *_versions(inspection),
                *chapter.heading("公告匹配统计"),
                *_counts(inspection),
                *chapter.heading("命中的公告"),
                *_advisories(chapter, inspection),
                *chapter.heading("授权与许可期限"),
                *detail_table(inspection, LICENSES),
                *chapter.heading("未评估的风险"),
                *_not_evaluated(inspection),
            ]
        )
    ]


def sources(inspection: Inspection, *, wide: bool = False) -> list[Flowable]:
    """The advisories that were used, each source with its day and age."""
    if not inspection.advisory_sources:
        return [text("本次没有可用的公告库，公告匹配未进行；不表示没有命中的公告。")]
    found = [(s.name, _dated(s), str(s.count), s.note) for s in inspection.advisory_sources]
    return grid(("来源", "日期", "公告数", "说明"), found, (3, 1.4, 0.9, 4), wide=wide)


def _versions(inspection: Inspection) -> list[Flowable]:
    """What the version of each device means; the evaluation report gives every reason."""
    found: list[list[Cell]] = [
        [
            report.device.name,
            rows.version(report),
            rows.factor(report),
            rows.recommended(report.evaluation.recommendation if report.evaluation else None),
            rows.lifecycle(report.evaluation.lifecycle if report.evaluation else ()),
        ]
        for report in inspection.devices
    ]
    header = ("设备", "软件版本", "风险系数", "推荐版本", "生命周期")
    return [
        *grid(header, found, (2, 2.4, 1, 2.4, 3)),
        note("风险系数 0 至 10，取其公告中最高的一个；未覆盖不表示没有风险。算法与依据见版本评估报告。"),
    ]


def _dated(source: AdvisorySource) -> str:
    age = "" if source.age_days is None else f"（{source.age_days} 天前）"
    return f"{source.dated or MISSING}{age}{'，过旧' if source.stale else ''}"


def _exposures(inspection: Inspection) -> list[Exposure]:
    return [exposure for report in inspection.devices for exposure in report.exposures]


def _counts(inspection: Inspection) -> list[Flowable]:
    counts: list[list[Cell]] = []
    for report in inspection.devices:
        counted = Counter(exposure.state for exposure in report.exposures)
        said = "" if report.exposures else "未匹配（设备未巡检、版本未知或没有相关公告）"
        counts.append([report.device.name, *(str(counted[s]) for s in ExposureState), said])
    header = ("设备", *(EXPOSURE[state] for state in ExposureState), "说明")
    return grid(header, alike(counts, 0), (2.8, 0.8, 0.8, 0.8, 0.9, 2.6))


def _advisories(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    by_id: dict[str, list[Exposure]] = {}
    for exposure in sorted(
        _exposures(inspection), key=lambda e: SHOWN.index(e.state) if e.state in SHOWN else 9
    ):
        if exposure.state in SHOWN:
            by_id.setdefault(exposure.advisory_id, []).append(exposure)
    if not by_id:
        return [text("没有命中的公告。公告库未收录的问题不在此范围。")]
    return [part for exposures in by_id.values() for part in _advisory(chapter, exposures)]


def _advisory(chapter: Chapter, exposures: list[Exposure]) -> list[Flowable]:
    about = exposures[0]
    verdicts: list[list[Cell]] = [
        [e.device, Tag(EXPOSURE[e.state], FILL[e.state]), _because(e)] for e in exposures
    ]
    return [
        *chapter.subheading(f"{about.advisory_id} {about.title}", listed=True),
        *pairs(
            [
                ("公告级别", about.severity),
                ("CVSS", NONE if about.cvss is None else f"{about.cvss:.1f}"),
                ("远程可触发", yes_no(about.remote)),
                ("修复版本", "、".join(about.fixed_in) or MISSING),
            ]
        ),
        *pairs([("规避办法", about.workaround or MISSING), ("来源", about.source or MISSING)], columns=1),
        *grid(("设备", "状态", "依据"), alike(verdicts, 0), (2, 1.1, 7)),
        KeepTogether(opinion()),
    ]


def _because(exposure: Exposure) -> str:
    said = [ground.text for ground in exposure.because] or [MISSING]
    if not exposure.trigger_known:
        said.append("触发特性是否启用无法从配置判断，待核实。")
    if exposure.reason is not None:
        said.append(f"未能判定的原因：{REASON_WORDS[exposure.reason]}。")
    return "\n".join(said)


def opinion() -> list[Flowable]:
    """The row in which the customer decides and signs."""
    boxes = CheckBoxes(("接受", "整改", "暂缓"))
    cells: list[Cell] = [boxes, prose("\n", style.CELL), prose("\n", style.CELL)]
    return grid(("客户意见", "签字", "日期"), [cells], (2.6, 2, 1.4))


def _licenses(_report: DeviceReport, licenses: Sequence[License]) -> list[Sequence[Cell]]:
    return [(x.feature, x.state, x.expires_on or "无期限") for x in licenses]


def _not_evaluated(inspection: Inspection) -> list[Flowable]:
    without = [r.device.name for r in inspection.devices if not (r.evaluation and r.evaluation.lifecycle)]
    missing = [
        *([("版本与硬件生命周期", f"没有生命周期数据：{'、'.join(without)}")] if without else []),
        ("单点部署（单电源、单上行、单主控）", "本版本没有单点清单；已配置期望值的设备见第三章、第四章"),
        ("备件缺口与维保期限", "没有导入备件与维保数据"),
    ]
    return [*grid(("事项", "原因"), missing, (3, 5)), note("未评估不表示没有风险。")]


LICENSES = Detail(
    "licenses",
    ("许可特性", "状态", "到期日"),
    (4, 1.6, 1.6),
    _licenses,
    joined=True,
    nothing="设备均报告没有安装许可",
)
