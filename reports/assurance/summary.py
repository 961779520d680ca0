"""Chapter one: the event, its verdicts in a table, what limits them, and of a change its plan."""

from reportlab.platypus import Flowable

from baselines.assurance_event import PLAN_PARTS
from checks.closing import Closing, Fate
from checks.comparison import UNCHANGED, VERDICT_WORDS, ChangeVerdict
from checks.event_readiness import READINESS_WORDS
from checks.record import InspectionRecord
from reports.labels import MISSING, NONE, moment
from reports.section import Block, Chapter, bullets, note, text
from reports.tables import Cell, grid, pairs

TITLE = "概述与结论"
NOT_HELD = "未进行"


def blocks(closing: Closing) -> list[Block]:
    """Scope and figures first, then the conclusion in sentences."""
    chapter = Chapter(1, TITLE)
    story: list[Flowable] = [
        *chapter.opening(),
        *chapter.heading("保障事项"),
        *_event(closing),
        *chapter.heading("结论"),
        *(text(sentence) for sentence in conclusion(closing)),
        *chapter.heading("各阶段一览"),
        *_phases(closing),
        *chapter.heading("限制声明"),
        *_limits(closing),
    ]
    if closing.event.plan is not None:
        story += [*chapter.heading("变更方案完整性"), *_plan(closing)]
    return [Block(story)]


def _event(closing: Closing) -> list[Flowable]:
    event, zone = closing.event, closing.site.zone
    return pairs(
        [
            ("名称", event.name),
            ("性质", event.word),
            ("开始", moment(event.period.start, zone)),
            ("结束", moment(event.period.end, zone)),
            ("局点", closing.site.name),
            ("保障设备", f"{len(closing.after.devices)} 台"),
            ("要求提前", f"{event.lead_days} 天"),
            ("投入人天", person_days(closing)),
        ]
    )


def person_days(closing: Closing) -> str:
    """The sum; 未提供 where nobody wrote any down."""
    return f"{closing.event.days:g}" if closing.event.labour else MISSING


def conclusion(closing: Closing) -> list[str]:
    """What may be said, and no more."""
    said = []
    if closing.readiness is None:
        said.append("保障前没有进行就绪评估。")
    else:
        said.append(f"保障前就绪评估结论为「{READINESS_WORDS[closing.readiness.verdict]}」，依据见第二章。")
    if closing.rounds:
        alerts = sum(each.alerts for each in closing.rounds)
        new = sum(len(each.new) for each in closing.rounds)
        over = sum(len(each.over) for each in closing.rounds)
        last = len(closing.rounds[-1].differences)
        said.append(
            f"保障期间进行了 {len(closing.rounds)} 轮只读轻量巡检，其中 {alerts} 轮发现情况有变："
            f"新变化 {new} 项，恢复 {over} 项；最后一轮时仍有 {last} 项变化存在。"
        )
    comparison = closing.comparison
    if comparison is None:
        said.append("没有保障前后对比，不能说明保障期间网络有无变化。")
    else:
        unexplained, expected = (comparison.count(verdict) for verdict in ChangeVerdict)
        same = sum(comparison.unchanged.values())
        said.append(
            f"保障后与保障前相比：需解释的变化 {unexplained} 项，预期变化 {expected} 项，无变化 {same} 项。"
            + ("需解释的变化须逐项说明后方可关闭。" if unexplained else "")
        )
        said.append(
            f"问题：新增 {closing.count(Fate.NEW)} 个，遗留 {closing.count(Fate.REMAINS)} 个，"
            f"已消失 {closing.count(Fate.GONE)} 个，保障前未检查 {closing.count(Fate.NOT_SEEN_BEFORE)} 个，"
            f"未确认 {closing.count(Fate.UNSURE)} 个。"
        )
    return said


def _phases(closing: Closing) -> list[Flowable]:
    zone = closing.site.zone
    rows: list[list[Cell]] = [_held("保障前检查", closing.before, closing)]
    first, last = (closing.rounds[0], closing.rounds[-1]) if closing.rounds else (None, None)
    rows.append(
        [
            "保障期间巡检",
            f"{len(closing.rounds)} 轮" if closing.rounds else NOT_HELD,
            NONE
            if first is None or last is None
            else f"{moment(first.at, zone)}\n至 {moment(last.at, zone)}",
            NONE if last is None else f"{last.devices - len(last.missed)} 台",
            NONE if last is None else _all_whole(closing),
        ]
    )
    rows.append(_held("保障后检查", closing.after, closing))
    return [
        *grid(("阶段", "运行", "时间", "实检设备", "完整性"), rows, (1.5, 3.4, 2.9, 1.2, 1.2)),
        note("各次检查的全部结果见该次巡检报告；本报告只述变化与结论。"),
    ]


def _all_whole(closing: Closing) -> str:
    broken = sum(not each.complete for each in closing.rounds)
    return f"{broken} 轮不完整" if broken else "完整"


def _held(phase: str, record: InspectionRecord | None, closing: Closing) -> list[Cell]:
    if record is None:
        return [phase, NOT_HELD, NONE, NONE, NONE]
    reached = sum(device.reached for device in record.devices)
    return [
        phase,
        record.run_id,
        moment(record.started_at, closing.site.zone),
        f"{reached} / {len(record.devices)} 台",
        "完整" if record.complete else "不完整",
    ]


def _limits(closing: Closing) -> list[Flowable]:
    comparison = closing.comparison
    compared = 0 if comparison is None else comparison.devices
    return bullets(
        [
            *(f"{gap}。" for gap in closing.gaps),
            f"前后对比的设备 {compared} 台；{UNCHANGED}只就两次都采集到的内容而言。",
            f"「{VERDICT_WORDS[ChangeVerdict.EXPECTED]}」依据事先声明与通用规则，见第四章各行的依据。",
            "保障期间的巡检为轻量档位，不采集配置、光功率与大表；两轮之间出现又恢复的现象不一定能看到。",
        ]
    )


def _plan(closing: Closing) -> list[Flowable]:
    plan = closing.event.plan
    rows: list[list[Cell]] = [
        [word, getattr(plan, name) or "缺少"] for name, word in PLAN_PARTS.items() if plan is not None
    ]
    effects: list[list[Cell]] = [
        [
            effect.declared.why,
            " ".join((effect.declared.kind, effect.declared.device, effect.declared.object)),
            f"{effect.times} 处" if effect.times else "未出现，须说明",
        ]
        for effect in closing.effects
    ]
    return [
        *grid(("部分", "内容或出处"), rows, (1, 4)),
        text("事先声明的预期效果："),
        *grid(("预期效果", "类别 设备 对象", "实际"), effects, (3, 3, 1.4)),
    ]
