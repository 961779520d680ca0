"""The documents about versions: what a person must find in them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from baselines.baseline import load_baseline
from checks.evaluation import Evaluation
from checks.exposure import Certainty, Exposure, ExposureState, Ground, Safe, Trigger
from checks.inspection import Inspection
from checks.recommendation import Basis, Recommendation
from checks.risk import risk_of
from checks.standing import Approval, Standing
from checks.support import Lifecycle
from parsers.facts import Reason
from reports.versions.pdf import write_version_report
from reports.versions.table import write_version_table
from reports.versions.workbook import MATCHES, VERSIONS, write_version_workbook
from tests.reports import sample

FORMULA = load_baseline().risk
AFFECTED = Exposure(
    device="",
    advisory_id="XJ-T-001",
    aliases=("CVE-2026-0001",),
    title="（虚构）处理异常报文时重启",
    state=ExposureState.AFFECTED,
    because=(
        Ground("当前版本低于修复版本", "products.affected", "software"),
        Ground("型号按系列对应", "products", "identity", exact=False),
    ),
    certainty=Certainty.INFERRED,
    trigger=Trigger.UNKNOWN,
    trigger_detail="启用了某特性",
    severity="高",
    cvss=9.8,
    remote=True,
    exploited=True,
    epss=0.5,
    fixed_in=("V200R020C00",),
    workaround="关闭该特性",
    workaround_commands=("undo demo-feature enable",),
    source="虚构公告",
)
UNCOVERED = replace(
    AFFECTED,
    advisory_id="XJ-T-002",
    aliases=(),
    state=ExposureState.UNDETERMINED,
    reason=Reason.NO_BASELINE,
    uncovered=True,
    because=(Ground("未覆盖：公告没有列出版本", "products.affected", "software"),),
)
SPARED = replace(
    AFFECTED,
    advisory_id="XJ-T-003",
    state=ExposureState.NOT_AFFECTED,
    safe=Safe.FIXED,
    trigger=Trigger.ABSENT,
)
TODAY = date(2026, 3, 14)


def evaluation(*exposures: Exposure) -> Evaluation:
    return Evaluation(
        risks={each.advisory_id: risk_of(each, "core", FORMULA) for each in exposures},
        recommendation=Recommendation(
            basis=Basis.FIX,
            version="V200R020C00",
            clears=("XJ-T-001",),
            unknown=("XJ-T-002",),
            crossing=("V600R022C00",),
            because="同一版本线内解决命中公告最多的最近版本",
        ),
        lifecycle=(
            Lifecycle(
                what="产品",
                eom=date(2020, 1, 1),
                eofs=None,
                eos=date(2030, 1, 1),
                source="停产公告（虚构）",
                as_of=TODAY,
            ),
        ),
        standing=Standing(approval=Approval.NO_RULE, because="没有适用于该设备的认可版本"),
        day=TODAY,
    )


@pytest.fixture(scope="module")
def made() -> Inspection:
    inspection = sample.full()
    first, second, *others = inspection.devices
    exposures = (AFFECTED, UNCOVERED, SPARED)
    first = replace(first, exposures=exposures, evaluation=evaluation(*exposures))
    bare = replace(second, exposures=(), evaluation=evaluation())
    return replace(inspection, devices=(first, bare, *others))


def text_of(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_the_evaluation_says_everything(made: Inspection, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_version_report(made, FORMULA, path)
    text = text_of(path)
    for said in (
        "版本评估报告",
        "软件版本汇总及版本推荐",
        "软件版本评估详细说明",
        "风险系数=10×可能性×状态×影响×角色",
        "XJ-T-001（虚构）处理异常报文时重启",
        "CVE-2026-0001",
        "型号按系列对应（推断）",
        "确定程度：推断",
        "9.8（待核实）",
        "50.00%",
        "启用了某特性",
        "undodemo-featureenable",
        "未覆盖：公告没有列出版本",
        "是否解决公告没有说明，须向厂家确认XJ-T-002",
        "V600R022C00属跨版本线迁移",
        "2030-01-01",
        "公告库没有覆盖其产品",
        "未评估",
    ):
        assert said in text, said
    assert "XJ-T-003（虚构）" not in text, "what does not concern the device has no section"
    assert "不受影响的：XJ-T-003" in text


def test_the_list_has_a_line_for_each_device(made: Inspection, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    write_version_table(made, path)
    text = text_of(path)
    assert "设备版本汇总表" in text
    assert all("".join(report.device.name.split()) in text for report in made.devices)


def test_the_workbook_has_every_match(made: Inspection, tmp_path: Path) -> None:
    path = tmp_path / "versions.xlsx"
    write_version_workbook(made, path)
    book = openpyxl.load_workbook(path)
    versions, matches = book["设备版本汇总"], book["公告匹配"]
    assert tuple(cell.value for cell in versions[1]) == VERSIONS
    assert tuple(cell.value for cell in matches[1]) == MATCHES
    assert versions.max_row == 1 + len(made.devices)
    assert matches.max_row == 1 + sum(len(report.exposures) for report in made.devices)
    rows = {row[3].value: [cell.value for cell in row] for row in matches.iter_rows(min_row=2, max_row=4)}
    assert rows["XJ-T-001"][MATCHES.index("风险系数")] == 9.8
    assert rows["XJ-T-002"][MATCHES.index("结论")] == "待核实"
    assert [row[VERSIONS.index("风险系数")].value for row in versions.iter_rows(min_row=2, max_row=3)] == [
        "9.8",
        "未覆盖",
    ]
