"""Whether a switch-over would go well, summed up from the checks that it hangs on."""

from checks.check import Context, check
from checks.verdict import Outcome, Result, Severity, Verdict, failed, not_applicable, not_assessed, passed
from parsers.facts import Reason

PAIRED = ("HW-007", "HA-001", "HA-005")
"""At least one of them applies to a device that has something to switch over to."""
FOUNDATION = (*PAIRED, "VER-008", "HA-004", "HA-007", "CFG-001")


@check("HA-009", of=FOUNDATION)
def switch_over(context: Context) -> list[Result]:
    """Every precondition holds; each problem is reported by its own check, so it costs nothing here."""
    verdicts = context.verdicts
    missing = [id_ for id_ in FOUNDATION if id_ not in verdicts]
    if missing:
        why = f"本次没有执行 {'、'.join(missing)}，不能判断倒换是否就绪"
        return [not_assessed(Reason.NOT_COLLECTED, why)]
    if all(verdicts[id_].outcome is Outcome.NOT_APPLICABLE for id_ in PAIRED):
        return [not_applicable("没有双主控、堆叠或跨设备聚合")]
    bad = [verdicts[id_] for id_ in FOUNDATION if _fails(verdicts[id_])]
    if bad:
        said = "倒换的前提不满足：" + "；".join(f"{v.check_id} {_fails(v)[0].message}" for v in bad)
        return [failed("", Severity.INFO, said, *(seen for v in bad for r in _fails(v) for seen in r.seen))]
    gaps = [r for id_ in FOUNDATION for r in verdicts[id_].results if r.reason is not None]
    if gaps:
        open_ = [id_ for id_ in FOUNDATION if verdicts[id_].outcome is Outcome.NOT_ASSESSED]
        reason = gaps[0].reason or Reason.NOT_COLLECTED
        return [not_assessed(reason, f"倒换的前提中 {'、'.join(open_)} 未检查")]
    seen = [s for id_ in PAIRED for r in verdicts[id_].results for s in r.seen]
    return [passed("", "倒换的前提均满足", *seen)]


def _fails(verdict: Verdict) -> list[Result]:
    """What is wrong and nobody has accepted."""
    return [r for r in verdict.results if r.outcome is Outcome.FAIL and r.waiver is None]
