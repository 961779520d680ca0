"""Part one: what runs, how it stands, where to go; and by what that was judged."""

from collections import Counter
from collections.abc import Iterator

from reportlab.platypus import Flowable

from baselines.risk import RiskFormula
from checks.exposure import ExposureState
from checks.inspection import DeviceReport, Inspection
from reports.labels import EXPOSURE, NONE, ROLE
from reports.section import Block, Chapter, bullets, note, text
from reports.sections.risks import sources
from reports.tables import Cell, grid
from reports.versions import rows

TITLE = "软件版本汇总及版本推荐"


def blocks(inspection: Inspection, formula: RiskFormula) -> list[Block]:
    """Counts, versions, recommendations, lifecycle, formula, limits."""
    chapter = Chapter(1, TITLE)
    reached = [report for report in inspection.devices if report.evaluation is not None]
    return [
        Block(
            [
                *chapter.opening(),
                text(
                    "本报告把每台设备的型号、软件版本、已生效补丁与配置，同公告库逐条比对，给出风险系数、推荐版本"
                    "与规避办法。每个结论都列出依据；没有依据的写“待核实”或“未覆盖”，不当作安全。"
                ),
                *chapter.heading("总体情况"),
                *_overall(inspection, reached),
                *chapter.heading("所用公告库"),
                *sources(inspection),
                note("所列日期之后发布的公告不在比对之列。"),
            ]
        ),
        Block(
            [
                *chapter.heading("软件版本汇总"),
                *grid(
                    (
                        "设备",
                        "型号",
                        "角色",
                        "软件版本",
                        "已生效补丁",
                        "命中",
                        "待核实",
                        "已规避",
                        "风险系数",
                    ),
                    [_version(report) for report in inspection.devices],
                    (2, 2.6, 1.2, 2.8, 3, 0.8, 1, 1, 1.2),
                    wide=True,
                ),
                *chapter.heading("版本推荐"),
                *grid(
                    ("设备", "当前版本", "推荐版本", "理由与遗留", "认可版本情况"),
                    [_recommended(report) for report in reached],
                    (2, 2.4, 2.6, 5.6, 3.2),
                    wide=True,
                ),
                note(
                    "推荐版本只在同一版本线内给出；实施前须在同型号备用设备上验证，并以厂家升级指导书为准。"
                ),
                *chapter.heading("生命周期"),
                *_lifecycle(reached),
            ],
            wide=True,
        ),
        Block(
            [
                *chapter.heading("风险系数的算法"),
                *_formula(formula),
                *chapter.heading("评估的局限"),
                *bullets(list(_limits(inspection, reached))),
            ]
        ),
    ]


def _overall(inspection: Inspection, reached: list[DeviceReport]) -> list[Flowable]:
    hit = sum(bool(rows.count(report, ExposureState.AFFECTED)) for report in reached)
    bare = sum(not report.exposures for report in reached)
    return [
        *grid(
            ("应评估设备", "已评估", "有命中公告", "公告未覆盖", "未评估"),
            [[str(n) for n in (len(inspection.devices), len(reached), hit, bare)] + [_missed(inspection)]],
            (1, 1, 1, 1, 1),
        ),
        *_states(reached),
    ]


def _missed(inspection: Inspection) -> str:
    return str(sum(report.evaluation is None for report in inspection.devices))


def _states(reached: list[DeviceReport]) -> list[Flowable]:
    counted = Counter(each.state for report in reached for each in report.exposures)
    uncovered = sum(each.uncovered for report in reached for each in report.exposures)
    header = (*(EXPOSURE[state] for state in ExposureState), "其中未覆盖的版本")
    cells: list[Cell] = [*(str(counted[state]) for state in ExposureState), str(uncovered)]
    return [*grid(header, [cells], (1, 1, 1, 1, 1.4)), note("以“设备 × 公告”计；编号互为别名的公告算一条。")]


def _version(report: DeviceReport) -> list[Cell]:
    counts = [
        str(rows.count(report, state)) if report.evaluation else None
        for state in (ExposureState.AFFECTED, ExposureState.UNDETERMINED, ExposureState.MITIGATED)
    ]
    return [
        report.device.name,
        rows.model(report),
        rows.role(report),
        rows.version(report),
        rows.patches(report),
        *counts,
        rows.factor(report),
    ]


def _recommended(report: DeviceReport) -> list[Cell]:
    evaluation = report.evaluation
    recommendation = evaluation.recommendation if evaluation else None
    return [
        report.device.name,
        rows.version(report),
        rows.recommended(recommendation),
        rows.why(recommendation),
        evaluation.standing.because if evaluation else None,
    ]


def _lifecycle(reached: list[DeviceReport]) -> list[Flowable]:
    found: list[list[Cell]] = [
        [
            report.device.name,
            life.what,
            *(day.isoformat() if day else NONE for day in (life.eom, life.eofs, life.eos)),
            f"{life.source}，{life.as_of.isoformat()} 查得",
        ]
        for report in reached
        for life in (report.evaluation.lifecycle if report.evaluation else ())
    ]
    without = [
        report.device.name for report in reached if not (report.evaluation and report.evaluation.lifecycle)
    ]
    header = ("设备", "对象", "停止销售", "停止全面支持", "停止服务", "来源")
    table = grid(header, found, (2, 1.6, 1.4, 1.6, 1.4, 3), wide=True) if found else []
    if without:
        table.append(text(f"没有生命周期数据的设备：{'、'.join(without)}。是否停止维护未检查。"))
    return table


def _formula(formula: RiskFormula) -> list[Flowable]:
    shares = formula.likelihood
    roles = "、".join(f"{ROLE.get(role, role)} {share:g}" for role, share in formula.role.items())
    words = "、".join(f"{word} {share:g}" for word, share in formula.severity.items())
    left = "、".join(f"{EXPOSURE[state]} {formula.state[state.value]:g}" for state in ExposureState)
    trigger, remote = shares.trigger, shares.remote
    in_use = f"已启用或无触发条件 {trigger['present']:g}，未启用 {trigger['absent']:g}"
    doubt = f"无法判断 {trigger['unknown']:g}（按较高者计，标“待核实”）"
    reach = f"任何可达之处都能触发 {remote['anywhere']:g}，须在邻近或本机 {remote['nearby']:g}"
    return [
        text(
            "风险系数 = 10 × 可能性 × 状态 × 影响 × 角色，取 0 至 10；设备的风险系数为其各公告中最高的一个。"
        ),
        *bullets(
            [
                "可能性为以下各项之和，最大为 1。",
                f"　触发条件：{in_use}，{doubt}。",
                f"　可达性：{reach}，公告未说明 {remote['unknown']:g}。",
                f"　利用情况：已知被利用（KEV）{shares.exploited:g}，EPSS 概率 × {shares.epss:g}。",
                f"状态：{left}。规避不等于修复，未知不等于安全。",
                f"影响：CVSS 基础分 ÷ 10；没有评分的按公告级别：{words}。",
                f"角色：{roles}。",
            ]
        ),
        note("以上数值是基线数据（risk），可由客户调整。"),
    ]


def _limits(inspection: Inspection, reached: list[DeviceReport]) -> Iterator[str]:
    for report in inspection.devices:
        if report.evaluation is None:
            yield f"{report.device.name}：未评估，{report.detail or '设备没有取得数据'}。"
    bare = [report.device.name for report in reached if not report.exposures]
    if bare:
        yield f"{'、'.join(bare)}：公告库没有覆盖其产品，不能据此认为没有风险。"
    stale = [f"「{source.name}」" for source in inspection.advisory_sources if source.stale]
    if stale:
        yield f"公告库{'、'.join(stale)}过旧或日期不详，其后公布的问题没有比对。"
    yield "公告所列版本不完整时，没有列出的版本为“未覆盖”，须向厂家确认。"
    if _hinted(reached):
        yield "确定程度为“线索”的公告来自同源系统，只供向厂家询问，不作为结论。"
    yield "结论只反映采集时刻的版本、补丁与配置。"


def _hinted(reached: list[DeviceReport]) -> bool:
    return any(each.certainty.value == "hint" for report in reached for each in report.exposures)
