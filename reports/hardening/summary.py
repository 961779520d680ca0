"""Part one: what is to be hardened, by plane and device, in which order, and what must be known before."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from checks.hardening import (
    PLANE_WORDS,
    WAVE_WORDS,
    WINDOW_WORDS,
    DevicePlan,
    HardeningItem,
    HardeningPlan,
    Plane,
    Wave,
)
from checks.verdict import SEVEREST_FIRST, Outcome, Severity
from checks.words import REASON_WORDS
from reports import style
from reports.labels import NONE, moment
from reports.prose import link
from reports.section import Block, Chapter, bullets, note, text
from reports.tables import Cell, Tag, grid, severity_tag

TITLE = "网络安全加固信息汇总"
HIGH_RISK = "高危"


def blocks(plan: HardeningPlan) -> list[Block]:
    """Counts, order of work, high-risk items, values that are still open."""
    chapter = Chapter(1, TITLE)
    story: list[Flowable] = [
        *chapter.opening(),
        text(
            "本方案由巡检结果生成，逐台设备给出整改命令、风险、验证与回退。工具只读，不下发任何配置；"
            "全部命令须由人工审核后，在获批的变更窗口内执行。"
        ),
        *chapter.heading("总体情况"),
        *_overall(plan),
        *chapter.heading("按平面统计"),
        *_by_plane(plan),
        *chapter.heading("按设备统计"),
        *_by_device(plan),
        *chapter.heading("执行顺序与建议窗口"),
        *_waves(plan),
        *chapter.heading("高危操作"),
        *_high_risk(plan),
        *chapter.heading("执行前须确定的参数"),
        *_open_values(plan),
        *chapter.heading("未检查与不涵盖"),
        *_limits(plan),
    ]
    return [Block(story)]


def _overall(plan: HardeningPlan) -> list[Flowable]:
    items = plan.items
    reached = sum(device.report.reached for device in plan.devices)
    counts = Counter(item.severity for item in items)
    return [
        *grid(
            ("应检设备", "实检设备", "有加固项的设备", "加固项", *map(_word, SEVEREST_FIRST), HIGH_RISK),
            [
                [
                    str(len(plan.devices)),
                    str(reached),
                    str(sum(bool(device.items) for device in plan.devices)),
                    str(len(items)),
                    *(str(counts[severity]) for severity in SEVEREST_FIRST),
                    str(sum(item.step.high_risk for item in items)),
                ]
            ],
            (1, 1, 1.4, 1, 0.8, 0.8, 0.8, 0.8, 0.8),
        ),
        note("加固项按“设备 × 检查项”计，一项可含多个对象。已接受的风险（见巡检报告第三章）不列为加固项。"),
    ]


def _word(severity: Severity) -> str:
    return severity_tag(severity).text


def _by_plane(plan: HardeningPlan) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for plane in Plane:
        states = Counter(
            row.verdict.outcome for device in plan.devices for row in device.rows if row.step.plane is plane
        )
        items = [item for item in plan.items if item.step.plane is plane]
        rows.append(
            [
                PLANE_WORDS[plane],
                *(
                    str(states[outcome])
                    for outcome in (
                        Outcome.PASS,
                        Outcome.FAIL,
                        Outcome.NOT_ASSESSED,
                        Outcome.NOT_APPLICABLE,
                    )
                ),
                str(len(items)),
                str(sum(item.step.high_risk for item in items)),
            ]
        )
    return grid(
        ("平面", "通过", "不通过", "未检查", "不涉及", "加固项", HIGH_RISK), rows, (2, 1, 1, 1, 1, 1, 1)
    )


def _by_device(plan: HardeningPlan) -> list[Flowable]:
    rows: list[list[Cell]] = [[*_device_row(device)] for device in plan.devices]
    return grid(
        ("设备", "平台", *PLANE_WORDS.values(), HIGH_RISK, "未检查", "最高级别"),
        rows,
        (2.2, 2.4, 1, 1, 1, 0.8, 0.9, 1.1),
    )


def _device_row(device: DevicePlan) -> Iterator[Cell]:
    yield link(device.report.device.name, f"hardening-{device.report.device.name}", style.CELL)
    yield device.report.platform_label or NONE
    for plane in Plane:
        yield str(sum(item.step.plane is plane for item in device.items))
    yield str(sum(item.step.high_risk for item in device.items))
    yield str(sum(row.verdict.outcome is Outcome.NOT_ASSESSED for row in device.rows))
    worst = next(
        (s for s in SEVEREST_FIRST if any(item.severity is s for item in device.items)),
        None,
    )
    yield NONE if worst is None else severity_tag(worst)


def _waves(plan: HardeningPlan) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for wave in Wave:
        items = [item for item in plan.items if item.step.wave is wave]
        rows.append(
            [
                WAVE_WORDS[wave],
                str(len(items)),
                str(len({item.device for item in items})),
                WINDOW_WORDS[wave],
            ]
        )
    windows = plan.inspection.site.maintenance_windows
    zone = plan.inspection.site.zone
    named = "；".join(f"{w.name} {moment(w.start, zone)} 至 {moment(w.end, zone)}" for w in windows)
    return [
        *grid(("批次", "加固项", "设备", "建议窗口"), rows, (3, 0.8, 0.8, 4)),
        note(f"清单登记的维护窗口：{named}。" if named else "清单没有登记维护窗口，窗口由客户审批确定。"),
        *bullets(
            [
                "同一台设备按编号从小到大执行；有前置项的，前置项验证通过后才做后一项。",
                "先选一台影响面最小的同型号设备试做，观察后再推广。",
                "每台设备执行前备份配置，验证通过后再保存；回退只在未保存前最简单。",
            ]
        ),
    ]


def _high_risk(plan: HardeningPlan) -> list[Flowable]:
    fill, ink = style.SEVERITY_FILL[Severity.CRITICAL], style.SEVERITY_INK[Severity.CRITICAL]
    rows: list[list[Cell]] = [
        [
            link(item.number, f"item-{item.number}", style.CELL_SMALL),
            item.device,
            Tag(item.check.title, fill, ink),
            item.step.lockout or item.check.risk,
            preconditions(item),
        ]
        for item in plan.items
        if item.step.high_risk
    ]
    if not rows:
        return [text("没有高危加固项。")]
    return grid(
        ("编号", "设备", "操作", "风险", "前置条件"), rows, (0.9, 1.6, 2, 3.4, 2.6), cell=style.CELL_SMALL
    )


STATES = {
    "met": "已满足",
    "planned": "由 {item} 先行完成",
    "unknown": "未检查，须先人工确认",
    "not_applicable": "不涉及",
}


def preconditions(item: HardeningItem) -> str:
    """Say what must be in order before an item is begun, and how it stands."""
    named = [
        f"{each.title}（{each.check_id}）：{STATES[each.state].format(item=each.item)}"
        for each in item.preconditions
    ]
    return "\n".join((*named, *item.step.precheck)) or NONE


def _open_values(plan: HardeningPlan) -> list[Flowable]:
    kinds: Sequence[tuple[str, dict[str, str]]] = (
        ("保密，执行时现场填写", dict(plan.placeholders.secret)),
        ("由客户确定", dict(plan.placeholders.customer)),
        ("设备数据未取得", dict(plan.placeholders.device)),
    )
    used: dict[str, list[str]] = {}
    for item in plan.items:
        for name in item.left:
            used.setdefault(name, []).append(item.number)
    rows: list[list[Cell]] = [
        [f"<{name}>", kind, said[name], "、".join(used[name])]
        for kind, said in kinds
        for name in said
        if name in used
    ]
    if not rows:
        return [text("命令中的参数均已按设备与基线填好。")]
    return [
        note("命令中仍带尖括号的参数未填，不能直接执行。口令、团体字与密钥不写入任何文档。"),
        *grid(("参数", "性质", "说明", "用于"), rows, (1.3, 1.8, 4, 3), cell=style.CELL_SMALL),
    ]


def _limits(plan: HardeningPlan) -> list[Flowable]:
    reasons: Counter[str] = Counter()
    for device in plan.devices:
        for row in device.rows:
            if row.verdict.outcome is Outcome.NOT_ASSESSED:
                reason = next(r.reason for r in row.verdict.results if r.reason is not None)
                reasons[REASON_WORDS[reason]] += 1
    said = [f"{word}：{count} 项次" for word, count in reasons.most_common()]
    lost = [device.report.device.name for device in plan.devices if not device.report.reached]
    return [
        *bullets(
            [
                f"未检查的加固检查：{'；'.join(said)}。未检查不等于符合要求，补检后再定。"
                if said
                else "全部适用的加固检查均已得出结论。",
                *([f"未完成检查的设备：{'、'.join(lost)}。"] if lost else []),
                *([f"本次没有选择的检查项：{'、'.join(plan.unselected)}。"] if plan.unselected else []),
                "标有「待核实」的命令未在该平台资料中核对，执行前须在同型号、同版本设备上核实。",
                "对应条款只列出确定的 GB/T 22239-2019 第三级控制点；其余不列。",
            ]
        )
    ]
