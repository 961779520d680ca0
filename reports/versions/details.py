"""Part two: for each model, every problem with its reasons, trigger, workaround and way up."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from checks.exposure import Exposure, ExposureState
from checks.inspection import DeviceReport, Inspection
from checks.recommendation import Recommendation
from checks.risk import Risk
from checks.verdict import Severity
from checks.words import REASON_WORDS
from reports import style
from reports.labels import EXPOSURE, MISSING, NONE, yes_no
from reports.prose import prose
from reports.section import Block, Chapter, note, text
from reports.tables import Cell, Tag, grid, pairs
from reports.versions import rows
from reports.versions.words import CERTAINTY, TRIGGER

TITLE = "软件版本评估详细说明"
_FILL = {
    ExposureState.AFFECTED: style.SEVERITY_FILL[Severity.MAJOR],
    ExposureState.UNDETERMINED: style.SEVERITY_FILL[Severity.MINOR],
    ExposureState.MITIGATED: style.BLANK,
    ExposureState.NOT_AFFECTED: style.WHITE,
}
_Found = list[tuple[DeviceReport, Exposure]]


def blocks(inspection: Inspection) -> list[Block]:
    """One section for each model."""
    chapter = Chapter(2, TITLE)
    story: list[Flowable] = list(chapter.opening())
    by_model: dict[str, list[DeviceReport]] = {}
    for report in inspection.devices:
        if report.evaluation is not None:
            by_model.setdefault(rows.model(report), []).append(report)
    for model, reports in by_model.items():
        story += [*chapter.heading(model), *_model(chapter, reports)]
    if not by_model:
        story.append(text("没有可评估的设备。"))
    return [Block(story)]


def _model(chapter: Chapter, reports: Sequence[DeviceReport]) -> Iterator[Flowable]:
    yield from grid(
        ("设备", "软件版本", "已生效补丁", "风险系数", "升级路径"),
        [_device(report) for report in reports],
        (1.6, 2.2, 2.2, 1, 3.4),
    )
    found: dict[str, _Found] = {}
    for report in reports:
        for each in rows.shown(report.exposures):
            found.setdefault(each.advisory_id, []).append((report, each))
    spared = {each.advisory_id for report in reports for each in report.exposures} - found.keys()
    for exposures in sorted(found.values(), key=_urgency):
        yield from _problem(chapter, exposures)
    if spared:
        yield note(
            f"公告覆盖该产品、经比对不受影响的：{'、'.join(sorted(spared))}。依据见设备版本汇总表（xlsx）。"
        )
    if not found:
        yield text(_nothing(reports))


def _nothing(reports: Sequence[DeviceReport]) -> str:
    if any(report.exposures for report in reports):
        return "没有命中或待核实的公告。"
    return "公告库没有覆盖该产品：未覆盖，不能据此认为没有风险。"


def _urgency(found: _Found) -> tuple[int, float]:
    state = min(list(ExposureState).index(each.state) for _, each in found)
    return state, -max(risk.factor if risk else 0.0 for risk in (_risk(*one) for one in found))


def _risk(report: DeviceReport, exposure: Exposure) -> Risk | None:
    return report.evaluation.risks.get(exposure.advisory_id) if report.evaluation else None


def _device(report: DeviceReport) -> list[Cell]:
    recommendation = report.evaluation.recommendation if report.evaluation else None
    return [
        report.device.name,
        rows.version(report),
        rows.patches(report),
        rows.factor(report),
        _path(report, recommendation),
    ]


def _path(report: DeviceReport, recommendation: Recommendation | None) -> str:
    if recommendation is None or not recommendation.version:
        return rows.recommended(recommendation)
    running = rows.version(report)
    if recommendation.version == running:
        return rows.recommended(recommendation) + "（维持）"
    counted = (("解决", recommendation.clears), ("仍受影响", recommendation.leaves))
    said = [f"{word} {len(numbers)} 条" for word, numbers in counted if numbers]
    if recommendation.unknown:
        said.append(f"{len(recommendation.unknown)} 条公告没有说明")
    return f"{running} → {recommendation.version}（{'，'.join(said) or '没有命中的公告'}）"


def _problem(chapter: Chapter, found: _Found) -> Iterator[Flowable]:
    _, about = found[0]
    yield from chapter.subheading(f"{about.advisory_id} {about.title}", listed=True)
    yield from pairs(
        [
            ("别名", "、".join(about.aliases) or NONE),
            ("类别", "安全漏洞" if about.vulnerability else "版本已知问题"),
            ("公告级别", about.severity),
            ("CVSS", NONE if about.cvss is None else f"{about.cvss:.1f}"),
            ("远程可触发", yes_no(about.remote)),
            ("已知被利用", yes_no(about.exploited)),
            ("EPSS", NONE if about.epss is None else f"{about.epss:.2%}"),
            ("触发条件", about.trigger_detail or "公告未列触发条件"),
        ]
    )
    yield from grid(
        ("设备", "结论", "是否触发", "风险系数", "依据"),
        [_verdict(report, each) for report, each in found],
        (1.5, 1, 1, 0.9, 5.6),
    )
    fixes = tuple(dict.fromkeys(fix for _, each in found for fix in each.fixed_in))
    yield from pairs(
        [
            ("修复版本", "、".join(fixes) or "公告没有给出"),
            ("规避办法", about.workaround or "公告没有给出"),
            ("来源", about.source),
        ],
        columns=1,
    )
    if about.workaround_commands:
        yield prose("规避命令（须人工核对后执行）", style.CELL_HEAD)
        yield from grid(
            ("命令",), [[prose(line, style.CELL_MONO)] for line in about.workaround_commands], (1,)
        )


def _verdict(report: DeviceReport, exposure: Exposure) -> list[Cell]:
    risk = _risk(report, exposure)
    said = [ground.text if ground.exact else f"{ground.text}（推断）" for ground in exposure.because]
    if exposure.reason is not None:
        said.append(f"未能判定的原因：{REASON_WORDS[exposure.reason]}")
    said.append(f"确定程度：{CERTAINTY[exposure.certainty]}")
    unsure = "（待核实）" if risk is not None and risk.trigger_unknown else ""
    return [
        report.device.name,
        Tag(EXPOSURE[exposure.state], _FILL[exposure.state]),
        TRIGGER[exposure.trigger],
        MISSING if risk is None else f"{risk.factor:.1f}{unsure}",
        "\n".join(said),
    ]
