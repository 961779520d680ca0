"""What may be concluded from an inspection, and no more than that."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from baselines.baseline import Grade, Scoring
from checks.advised import ADVISED
from checks.inspection import (
    AdvisorySource,
    CheckText,
    Conclusion,
    DeviceReport,
    Finding,
    WaiverState,
    WaiverUse,
)
from checks.score import balanced, group_points, missing_data_pct, not_assessed_pct
from checks.verdict import SEVEREST_FIRST, Outcome, Result, Severity, Verdict
from checks.words import REASON_WORDS, SEVERITY_WORDS
from collector.profile import Profile, ProfileName, profiles
from parsers.facts import Reason

_WORST_GRADE_FIRST: tuple[Grade, ...] = ("差", "中", "良", "优")


def conclude(
    devices: Sequence[DeviceReport],
    findings: Sequence[Finding],
    *,
    texts: Mapping[str, CheckText],
    scoring: Scoring,
    interrupted: str = "",
    advisory_sources: Sequence[AdvisorySource] = (),
    compared: bool = False,
    waivers: Sequence[WaiverUse] = (),
    profile: ProfileName = ProfileName.FULL,
    override: str = "",
) -> Conclusion:
    """Sum an inspection up; the less was assessed, the weaker the words, down to none at all.

    A gap is anything not assessed, be it one object of a check that failed for another one, and advisories
    of which every source is stale.
    `findings` come the severest first; `compared` says that an earlier inspection was at hand; `override`
    is the reason for which sensitive periods were passed over.
    """
    how = profiles()[profile]
    verdicts = [verdict for report in devices for verdict in report.verdicts]
    share = not_assessed_pct(verdicts)
    gaps = any(result.reason is not None for verdict in verdicts for result in verdict.results)
    advised = bool(advisory_sources) and any(check in texts for check in ADVISED)
    gaps = gaps or (advised and all(source.stale for source in advisory_sources))
    score = _site_score(devices, texts, scoring) if how.graded else None
    grade = None if score is None else _grade(score, findings, gaps=gaps, scoring=scoring)
    limits = (
        *_unreached(devices),
        *_broken_off(devices),
        *_unassessed(verdicts, share),
        *_unread(devices),
        *_caveats(devices),
        *_accepted(waivers),
        *_left_out(profile, override),
        *_run(interrupted, compared),
        *_sources(advisory_sources),
    )
    return Conclusion(
        grade=grade,
        score=score,
        sentences=(
            _overall(devices, grade, score, share, missing_data_pct(verdicts), gaps=gaps)
            if how.graded or not any(report.reached for report in devices)
            else _ungraded(devices, how),
            _foremost(devices, findings, texts, gaps=gaps),
            _next(findings, scoring, how, gaps=gaps),
        ),
        limits=limits,
        formula=tuple(_formula(scoring)),
        deadlines={severity: scoring.deadlines[severity.value] for severity in SEVEREST_FIRST},
    )


def _site_score(
    devices: Sequence[DeviceReport], texts: Mapping[str, CheckText], scoring: Scoring
) -> float | None:
    """Mean over all devices, held down by the site's worst group; a device nobody saw has shown nothing."""
    reached = [report for report in devices if report.reached]
    verdicts = [verdict for report in devices for verdict in report.verdicts]
    if missing_data_pct(verdicts) > scoring.not_assessed_max_pct.site or not reached:
        return None
    shown = [group_points(report.verdicts, texts, scoring) for report in reached]
    mean = sum(balanced(groups, scoring) for groups in shown) / len(devices)
    by_group = {name: sum(groups[name] for groups in shown) / len(devices) for name in shown[0]}
    return round(min(mean, balanced(by_group, scoring)), 1)


def _grade(score: float, findings: Sequence[Finding], *, gaps: bool, scoring: Scoring) -> Grade:
    earned: Grade = next((g for g in ("优", "良", "中") if score >= scoring.grades[g]), "差")
    open_kinds = {finding.severity.value for finding in findings if finding.waiver is None}
    open_kinds |= {"not_assessed"} if gaps else set()
    caps = [cap for kind, cap in scoring.grade_caps.items() if kind in open_kinds]
    return min(earned, *caps, key=_WORST_GRADE_FIRST.index) if caps else earned


def _overall(
    devices: Sequence[DeviceReport],
    grade: Grade | None,
    score: float | None,
    share: float,
    missing: float,
    *,
    gaps: bool,
) -> str:
    reached = sum(report.reached for report in devices)
    extent = f"应检 {len(devices)} 台，实检 {reached} 台"
    if not reached:
        return f"应检 {len(devices)} 台设备均未完成检查，不能对网络运行状况作出任何结论。"
    if grade is None:
        return (
            f"数据不足：适用的检查项次有 {share:.1f}% 未检查，其中因缺数据的占 {missing:.1f}%（{extent}），"
            "不作总体评级，以下只说明已检查的部分。"
        )
    if gaps:
        return (
            f"仅就已检查的部分（{100 - share:.1f}% 的适用检查项次得出结论，{extent}）而言，"
            f"总体评级为「{grade}」，得分 {score}；未检查的部分不在此结论之内。"
        )
    return f"{len(devices)} 台设备的全部适用检查项均得出结论，总体评级为「{grade}」，得分 {score}。"


def _ungraded(devices: Sequence[DeviceReport], how: Profile) -> str:
    """Say that there is no grade by choice, which is no failure of the run."""
    reached = sum(report.reached for report in devices)
    extent = f"应检 {len(devices)} 台，实检 {reached} 台"
    return f"本次按「{how.label}」档位巡检（{extent}），{how.scope}，因此不作总体评级。"


def _foremost(
    devices: Sequence[DeviceReport],
    findings: Sequence[Finding],
    texts: Mapping[str, CheckText],
    *,
    gaps: bool,
) -> str:
    if not any(report.reached for report in devices):
        return "没有检查结果，因此既不能说有问题，也不能说没有问题。"
    if not findings:
        clean = "未发现问题"
        return f"已检查的部分{clean}；这不表示未检查的部分正常。" if gaps else f"本次巡检{clean}。"
    named = "；".join(_short(finding, texts) for finding in findings[:2])
    return f"共发现问题 {len(findings)} 个（{_counted(findings)}），最要紧的是 {named}。"


def _short(finding: Finding, texts: Mapping[str, CheckText]) -> str:
    where = f"{finding.device} {finding.object}".strip()
    return f"{finding.number} {where} {texts[finding.check_id].title}（{finding.message.rstrip('。')}）"


def _counted(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    return "、".join(f"{SEVERITY_WORDS[s]} {counts[s]}" for s in SEVEREST_FIRST if counts[s])


def _next(findings: Sequence[Finding], scoring: Scoring, how: Profile, *, gaps: bool) -> str:
    found = {finding.severity for finding in findings}
    actions = [
        f"{SEVERITY_WORDS[severity]}问题 {scoring.deadlines[severity.value]}"
        for severity in SEVEREST_FIRST
        if severity in found
    ]
    if gaps:
        actions.append("排除未检查的原因后补检")
    if not how.graded:
        actions.append("档位不采集的部分另按常规档位补检")
    return f"建议：{'；'.join(actions)}。" if actions else "建议按服务级别进行下一次例行巡检。"


def _unreached(devices: Sequence[DeviceReport]) -> Iterator[str]:
    left = [(report.device.name, report.reason) for report in devices if report.reason is not None]
    if left:
        named = "、".join(f"{name}（{REASON_WORDS[reason]}）" for name, reason in left)
        yield f"未完成检查的设备 {len(left)} 台：{named}。"


def _broken_off(devices: Sequence[DeviceReport]) -> Iterator[str]:
    left = [(report.device.name, report.broken_off) for report in devices if report.broken_off is not None]
    if left:
        named = "、".join(f"{name}（{REASON_WORDS[reason]}）" for name, reason in left)
        yield f"采集中途中断的设备 {len(left)} 台，其后的命令没有采集：{named}。"


def _unassessed(verdicts: Sequence[Verdict], share: float) -> Iterator[str]:
    left = [verdict for verdict in verdicts if verdict.outcome is Outcome.NOT_ASSESSED]
    if left:
        counts = Counter(_reason(verdict.results) for verdict in left)
        named = "、".join(f"{REASON_WORDS[reason]} {n}" for reason, n in counts.most_common())
        yield f"未检查的检查项 {len(left)} 项次，占适用项次的 {share:.1f}%：{named}。"
    partly = [
        verdict
        for verdict in verdicts
        if verdict.outcome is Outcome.FAIL and any(r.outcome is Outcome.NOT_ASSESSED for r in verdict.results)
    ]
    if partly:
        yield f"不通过的检查项中有 {len(partly)} 项次另有部分对象未检查，实际问题可能更多。"


def _reason(results: Sequence[Result]) -> Reason:
    return next(result.reason for result in results if result.reason is not None)


def _unread(devices: Sequence[DeviceReport]) -> Iterator[str]:
    lines = sum(len(report.unread) for report in devices)
    if lines:
        on = sum(bool(report.unread) for report in devices)
        yield f"{on} 台设备的回显中有 {lines} 行未能识别，相关检查项不会判为通过。"


def _caveats(devices: Sequence[DeviceReport]) -> Iterator[str]:
    counts = Counter(report.platform_evidence for report in devices if report.platform_evidence)
    for caveat, count in counts.items():
        yield f"{count} 台设备：{caveat.rstrip('。')}。"


def _left_out(profile: ProfileName, override: str) -> Iterator[str]:
    if profile is not ProfileName.FULL:
        how = profiles()[profile]
        yield f"采集档位「{how.label}」：{how.scope}。档位不采集的数据，其检查项为未检查，不是采集失败。"
    if override:
        yield f"巡检不受敏感时期限制，理由：{override.rstrip('。')}。"


def _accepted(waivers: Sequence[WaiverUse]) -> Iterator[str]:
    taken = {number for use in waivers if use.state is WaiverState.APPLIED for number in use.findings}
    if taken:
        yield f"有 {len(taken)} 个问题为已接受的风险，照常列出，但不计入得分与评级。"
    expired = [use for use in waivers if use.state is WaiverState.EXPIRED]
    if expired:
        yield f"有 {len(expired)} 条风险接受记录已到期，不再有效。"
    idle = [use for use in waivers if use.state is WaiverState.UNMATCHED]
    if idle:
        yield f"有 {len(idle)} 条风险接受记录没有对应的问题，请核对是否已解决或填写有误。"


def _run(interrupted: str, compared: bool) -> Iterator[str]:  # noqa: FBT001 - private, named at its one call
    if interrupted:
        yield f"本次巡检提前结束：{interrupted.rstrip('。')}。"
    if not compared:
        yield "首次巡检，没有上次数据可比，因此不含变化与趋势。"
    yield "结论只反映采集时刻的状态，单次采样不能说明趋势。"


def _sources(sources: Sequence[AdvisorySource]) -> Iterator[str]:
    for source in sources:
        dated = f"日期 {source.dated}" if source.dated else "日期不详"
        yield f"公告库「{source.name}」{source.count} 条，{dated}；其后发布的公告不在比对之列。"
    stale = [source for source in sources if source.stale]
    if stale:
        names = "、".join(f"「{source.name}」{_age(source)}" for source in stale)
        yield f"公告库过旧：{names}；没有命中不表示没有新近公布的漏洞，应更新公告库后重新比对。"


def _age(source: AdvisorySource) -> str:
    return "日期不详" if source.age_days is None else f"距本次巡检 {source.age_days} 天"


def _formula(scoring: Scoring) -> Iterator[str]:
    deduct = "、".join(f"{SEVERITY_WORDS[s]} {scoring.deduct[s.value]:g}" for s in SEVEREST_FIRST)
    yield f"每个检查类别从 100 分起扣，每个问题按级别扣分：{deduct}。"
    yield "已接受的风险（有责任人、依据，且未到期）不扣分，也不影响评级。"
    yield "同一检查项在同一台设备上的扣分，以该检查项在目录中的级别扣一次为上限。"
    yield "因缺数据而未检查的（含只检查了一部分的）按该上限全额扣分：没有证据表明它正常。不涉及的不扣分。"
    yield (
        "只缺判断依据（基线、公告、历次数据）或人工未填写的检查项不参与得分，也不计入未检查比例，"
        "但同样列为未检查，并限制评级。"
    )
    above = scoring.above_worst_group
    yield f"设备得分为各类别得分的平均值，但最多比最低的类别高 {above:g} 分：一个类别的问题不会被平均掉。"
    most = scoring.not_assessed_max_pct
    yield (
        f"因缺数据而未检查的超过适用检查项 {most.device:g}% 的设备不给得分，超过 {most.site:g}% 的局点"
        "不给得分与评级。"
    )
    yield (
        "局点得分为全部应检设备的平均值，同样最多比全局点平均最低的类别高出以上分数；"
        "未完成检查的设备没有已证实的分数，按 0 分计。"
    )
    grades = "、".join(f"{grade} ≥ {scoring.grades[grade]:g}" for grade in ("优", "良", "中"))
    yield f"评级：{grades}，低于后者为差。"
    for kind, cap in scoring.grade_caps.items():
        what = "有未检查项" if kind == "not_assessed" else f"有未处置的{SEVERITY_WORDS[Severity(kind)]}问题"
        yield f"{what}时，评级最高为「{cap}」。"
