"""Versions against bulletins: known faults and vulnerabilities, each problem in one of the two checks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from baselines.advisory import Severity as Word
from checks.check import Context, check
from checks.exposure import Certainty, Exposure, ExposureState
from checks.verdict import Result, Severity, failed, not_assessed, passed
from parsers.facts import Reason

_MILDER: Final = {
    Severity.CRITICAL: Severity.MAJOR,
    Severity.MAJOR: Severity.MINOR,
    Severity.MINOR: Severity.INFO,
}
_BY_WORD: Final[Mapping[Word, Severity]] = {
    "严重": Severity.CRITICAL,
    "高": Severity.MAJOR,
    "中": Severity.MINOR,
    "低": Severity.MINOR,
    "未定": Severity.MAJOR,
}
"""The advisory's own words, for one that gives no score: no score is not a low one."""


ADVISED = ("VER-003", "VER-004")
"""The checks that rest on advisories: how old those are limits nothing where neither is run."""


@check("VER-003", "software", also=("identity", "patches", "config"))
def known_faults(context: Context) -> list[Result]:
    """Each bulletin about a fault of the version that no database of vulnerabilities has."""
    faults = [each for each in context.exposures if not each.vulnerability]
    return _judged(faults, _by_bulletin) or [_uncovered("版本已知问题的公告")]


@check("VER-004", "software", also=("identity", "patches", "config"))
def vulnerabilities(context: Context) -> list[Result]:
    """Each vulnerability of the product; with none the device is not covered, and so not safe."""

    def severity(exposure: Exposure) -> Severity:
        return _by_score_and_reach(exposure, context.params)

    found = [each for each in context.exposures if each.vulnerability]
    return _judged(found, severity) or [_uncovered("漏洞公告")]


def _uncovered(what: str) -> Result:
    return not_assessed(Reason.NO_BASELINE, f"所用公告库没有覆盖该产品的{what}，不能据此认为没有问题")


def _judged(exposures: Sequence[Exposure], severity: Callable[[Exposure], Severity]) -> list[Result]:
    """One result for each; bulletins of a related system are hints, which reports show and nobody judges."""
    return [_judge(each, severity) for each in exposures if each.certainty is not Certainty.HINT]


def _judge(exposure: Exposure, severity: Callable[[Exposure], Severity]) -> Result:
    because = "；".join(ground.text for ground in exposure.because)
    said = f"{exposure.title}：{because}"
    match exposure.state:
        case ExposureState.NOT_AFFECTED:
            return passed(exposure.advisory_id, f"不受影响：{because}", *exposure.seen)
        case ExposureState.MITIGATED:
            return passed(exposure.advisory_id, f"受影响但已规避，未修复：{because}", *exposure.seen)
        case ExposureState.UNDETERMINED:
            reason = exposure.reason or Reason.NO_BASELINE
            return not_assessed(reason, said, exposure.advisory_id, *exposure.seen)
    level = severity(exposure)
    level = level if exposure.trigger_known else _MILDER[level]
    score = "未给出 CVSS 评分" if exposure.cvss is None else f"CVSS {exposure.cvss}"
    fix = f"修复版本 {'、'.join(exposure.fixed_in)}" if exposure.fixed_in else "公告没有给出修复版本"
    unsure = "" if exposure.trigger_known else "，待核实"
    return failed(exposure.advisory_id, level, f"{said}；{score}；{fix}{unsure}", *exposure.seen)


def _by_bulletin(exposure: Exposure) -> Severity:
    return Severity.CRITICAL if exposure.severity == "严重" else Severity.MAJOR


def _by_score_and_reach(exposure: Exposure, params: Mapping[str, Any]) -> Severity:
    """By score, else by the advisory's word, and by reach: what is not said to be local may be remote."""
    severity = _BY_WORD[exposure.severity] if exposure.cvss is None else _by_score(exposure.cvss, params)
    if severity is Severity.MAJOR and exposure.remote is not False:
        return Severity.CRITICAL
    return severity


def _by_score(score: float, params: Mapping[str, Any]) -> Severity:
    if score >= params["cvss_crit"]:
        return Severity.CRITICAL
    return Severity.MAJOR if score >= params["cvss_high"] else Severity.MINOR
