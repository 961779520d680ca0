"""How long a version will be served, and how far it lags behind the approved one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from checks.check import Context, check, value_of
from checks.standing import Approval, Standing
from checks.support import Lifecycle
from checks.verdict import Result, Severity, failed, not_assessed, passed
from parsers.facts import Reason, Software
from parsers.seen import Seen

_NO_RULES = "没有生命周期数据与认可版本可供比对"


@check("VER-005", "software", also=("identity",))
def end_of_support(context: Context) -> list[Result]:
    """The end of patches or of service, of the product and of its version."""
    software: Software = value_of(context.facts.software)
    found = context.evaluation.lifecycle if context.evaluation else ()
    if context.evaluation is None or not found:
        said = f"没有版本 {software.version} 及其产品的生命周期数据"
        return [not_assessed(Reason.NO_BASELINE, said, "", software.seen)]
    return [_end(each, context.evaluation.day, context.params, software.seen) for each in found]


def _end(life: Lifecycle, today: date, params: Mapping[str, Any], seen: Seen) -> Result:
    ends = [
        (day, word) for day, word in ((life.eofs, "停止全面支持"), (life.eos, "停止服务")) if day is not None
    ]
    source = f"（{life.source}，{life.as_of.isoformat()} 查得）"
    if not ends:
        return not_assessed(
            Reason.NO_BASELINE, f"只有停止销售日期，没有停止维护日期{source}", life.what, seen
        )
    past = [f"{word}日期 {day.isoformat()}" for day, word in ends if day <= today]
    if past:
        return failed(life.what, Severity.MAJOR, f"{'、'.join(past)}已过{source}", seen)
    day, word = ends[0]
    months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
    if months < params["months_warn"]:
        said = f"{word}日期 {day.isoformat()}，不足 {months + 1} 个月{source}"
        return failed(life.what, Severity.MINOR, said, seen)
    if (today - life.as_of).days > params["stale_days"]:
        return not_assessed(Reason.STALE, f"生命周期数据过旧，日期可能已变{source}", life.what, seen)
    return passed(life.what, f"{word}日期 {day.isoformat()}{source}", seen)


@check("VER-006", "software", also=("identity", "patches"))
def approved_version(context: Context) -> list[Result]:
    """The running version against the customer's approved ones."""
    software: Software = value_of(context.facts.software)
    if context.evaluation is None:
        return [not_assessed(Reason.NO_BASELINE, _NO_RULES, "", software.seen)]
    return [_stands(context.evaluation.standing, context.params, software.seen)]


def _stands(standing: Standing, params: Mapping[str, Any], seen: Seen) -> Result:
    match standing.approval:
        case Approval.NO_RULE | Approval.INCOMPARABLE:
            return not_assessed(Reason.NO_BASELINE, standing.because, "", seen)
        case Approval.BEHIND if standing.behind >= params["behind_warn"]:
            return failed("", Severity.MINOR, standing.because, seen)
    return passed("", standing.because, seen)
