"""One line for each device, as list, workbook and report print it."""

from collections.abc import Iterator, Sequence

from checks.exposure import Certainty, Exposure, ExposureState
from checks.inspection import DeviceReport
from checks.recommendation import Basis, Recommendation
from checks.standing import Approval, Standing
from checks.support import Lifecycle
from parsers.facts import Patch
from reports.known import one_line
from reports.labels import MISSING, NONE, ROLE, UNRECOGNISED

BASIS_WORDS = {
    Basis.APPROVED: "客户认可版本",
    Basis.FIX: "公告修复版本",
    Basis.STAY: "维持现版本",
    Basis.NONE: "无可推荐版本",
}
APPROVAL_WORDS = {
    Approval.APPROVED: "认可",
    Approval.BEHIND: "落后",
    Approval.AHEAD: "高于认可版本",
    Approval.INCOMPARABLE: "无法比较",
    Approval.NO_RULE: "无认可版本",
}
NOT_EVALUATED = "未评估"
UNCOVERED = "未覆盖"


def model(report: DeviceReport) -> str:
    """The model, or why it is not known."""
    return one_line(report, "identity", lambda identity: identity.model)


def version(report: DeviceReport) -> str:
    """The running version, or why it is not known."""
    return one_line(report, "software", lambda software: software.version)


def patches(report: DeviceReport) -> str:
    """The patches in force, or why they are not known."""
    return one_line(report, "patches", _in_force)


def _in_force(rows: Sequence[Patch]) -> str:
    return "、".join(dict.fromkeys(row.name for row in rows if row.effective)) or "无"


def vendor(report: DeviceReport) -> str:
    """Who made it."""
    return report.vendor or UNRECOGNISED


def role(report: DeviceReport) -> str:
    """What it is used for."""
    return ROLE[report.device.role]


def count(report: DeviceReport, state: ExposureState) -> int:
    """How many problems have this answer; hints are none."""
    return sum(e.state is state and e.certainty is not Certainty.HINT for e in report.exposures)


def factor(report: DeviceReport) -> str:
    """The risk factor; a device that no advisory covers has none."""
    if report.evaluation is None:
        return NOT_EVALUATED
    value = report.evaluation.factor
    return UNCOVERED if value is None else f"{value:.1f}"


def lifecycle(rows: Sequence[Lifecycle]) -> str:
    """The ends of sale, support and service that are known."""
    return "\n".join(f"{row.what}：{'，'.join(_ends(row))}" for row in rows) or "无数据"


def _ends(row: Lifecycle) -> Iterator[str]:
    for word, day in (("停止销售", row.eom), ("停止全面支持", row.eofs), ("停止服务", row.eos)):
        if day is not None:
            yield f"{word} {day.isoformat()}"


def recommended(recommendation: Recommendation | None) -> str:
    """Where to go."""
    if recommendation is None:
        return NOT_EVALUATED
    return recommendation.version or BASIS_WORDS[recommendation.basis]


def why(recommendation: Recommendation | None) -> str:
    """Why, what stays open there, and what lies in another line."""
    if recommendation is None:
        return MISSING
    said = [recommendation.because]
    if recommendation.clears:
        said.append(f"解决 {'、'.join(recommendation.clears)}")
    if recommendation.leaves:
        said.append(f"仍受影响 {'、'.join(recommendation.leaves)}")
    if recommendation.unknown:
        stays = recommendation.basis is Basis.STAY
        words = "未能判断" if stays else "是否解决公告没有说明，须向厂家确认"
        said.append(f"{words} {'、'.join(recommendation.unknown)}")
    if recommendation.crossing:
        said.append(f"其他版本线的 {'、'.join(recommendation.crossing)} 属跨版本线迁移，不在推荐之列")
    return "\n".join(said)


def approved(standing: Standing | None) -> str:
    """How it stands to the customer's approved versions."""
    return NONE if standing is None else APPROVAL_WORDS[standing.approval]


def shown(exposures: Sequence[Exposure]) -> list[Exposure]:
    """What a report explains: everything but what surely does not concern the device."""
    return [each for each in exposures if each.state is not ExposureState.NOT_AFFECTED]
