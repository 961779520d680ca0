"""Notices of an event: what a check has come to, what a round found changed, and the digest of a day."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from agent.notices.notice import Line, Notice
from baselines.assurance_event import Event
from checks.comparison import Change, ChangeVerdict, Comparison
from checks.event_readiness import READINESS_WORDS, STANDING_WORDS, ReadinessReport, Standing
from checks.rounds import Round
from collector.inventory import Site
from collector.run_folder import file_name
from reports.labels import NONE, moment

MOST = 20
"""Changes that are named one by one; the rest are counted."""
_QUOTED = ("logs", "configuration")
"""Kinds of changes that quote what a device has printed."""


def told_of_readiness(event: Event, site: Site, report: ReadinessReport) -> Notice:
    """Tell the verdict of the check before, with what led to it."""
    lines = [Line(text=f"{event.word}就绪评估：{READINESS_WORDS[report.verdict]}")]
    for item in report.items:
        if item.standing is not Standing.MET:
            count = f"，{len(item.remarks)} 处" if item.remarks else ""
            lines.append(Line(text=f"- {item.title}：{STANDING_WORDS[item.standing]}{count}"))
    return Notice(id=f"{report.run_id}.readiness", title=_title(event, site), lines=tuple(lines))


def told_of_round(event: Event, site: Site, held: Round) -> Notice:
    """Tell what changed since the round before, and what could not be looked at."""
    lines = [Line(text=f"巡检轮次 {moment(held.at, site.zone)}")]
    lines += _listed("新变化", held.new)
    lines += _listed("已恢复", held.over)
    if held.missed:
        lines.append(Line(text=f"未完成检查：{'、'.join(held.missed)}"))
    if held.interrupted:
        lines.append(Line(text=f"本轮被中断：{held.interrupted}"))
    return Notice(id=f"{held.run_id}.round", title=_title(event, site), lines=tuple(lines))


def told_of_end(event: Event, site: Site, run_id: str, comparison: Comparison | None) -> Notice:
    """Tell how the check after compares with the one before."""
    if comparison is None:
        lines = [Line(text="保障后检查已完成；没有保障前检查可对比。")]
    else:
        changes = [c for c in comparison.changes if c.verdict is ChangeVerdict.UNEXPLAINED]
        expected = comparison.count(ChangeVerdict.EXPECTED)
        lines = [
            Line(text=f"保障后检查已完成：需解释的变化 {len(changes)}，预期变化 {expected}"),
            *_listed("需解释的变化", changes),
        ]
    return Notice(id=f"{run_id}.closing", title=_title(event, site), lines=tuple(lines))


def digest(event: Event, site: Site, rounds: Sequence[Round], now: datetime) -> list[Notice]:
    """Give the digest of the day whose hour was the last to strike; none before the first one.

    It is the same matter however often it is made, and so is told once.
    """
    at = _struck(event, site, now)
    if at is None:
        return []
    held = [each for each in rounds if at - timedelta(days=1) < each.at <= at]
    lines = [Line(text=f"每日摘要，截至 {moment(at, site.zone)}：巡检 {len(held)} 轮")]
    if not held:
        lines.append(Line(text="这一天没有进行巡检轮次。"))
    else:
        broken = sum(not each.complete for each in held)
        new, over = (sum(len(getattr(each, name)) for each in held) for name in ("new", "over"))
        lines.append(Line(text=f"不完整 {broken} 轮；新变化 {new}，已恢复 {over}"))
        lines += _listed("截至最后一轮仍存在的变化", held[-1].differences)
        if held[-1].missed:
            lines.append(Line(text=f"最后一轮未完成检查：{'、'.join(held[-1].missed)}"))
        if not held[-1].differences:
            lines.append(Line(text="最后一轮与基准相比没有需解释的变化。"))
    id_ = f"{file_name(event.name)}.{file_name(site.name)}.{at:%Y%m%d}.digest".replace("%", "_")
    return [Notice(id=id_, title=f"{_title(event, site)} 每日摘要", lines=tuple(lines))]


def _struck(event: Event, site: Site, now: datetime) -> datetime | None:
    """The last time that the hour of digests struck within the period."""
    local = now.astimezone(site.zone)
    at = datetime.combine(local.date(), event.digest_at, tzinfo=site.zone)
    if at > local:
        at = datetime.combine(local.date() - timedelta(days=1), event.digest_at, tzinfo=site.zone)
    return at if at > event.period.start else None


def _title(event: Event, site: Site) -> str:
    return f"{site.customer} {site.name} {event.word}「{event.name}」"


def _listed(word: str, changes: Sequence[Change]) -> Iterator[Line]:
    if not changes:
        return
    yield Line(text=f"{word} {len(changes)} 项：")
    for change in changes[:MOST]:
        yield Line(text=f"- {said(change)}", confidential=change.kind in _QUOTED)
    if len(changes) > MOST:
        yield Line(text=f"……其余 {len(changes) - MOST} 项见报告")


def said(change: Change) -> str:
    """One change in a line."""
    thing = " ".join(part for part in (change.device, change.label, change.object, change.field) if part)
    before, after = (" ".join((text or NONE).split())[:80] for text in (change.before, change.after))
    return f"{thing}：{before} → {after}"
