"""Advisories against models, versions and patches: which of the four answers, and why."""

import pytest

from baselines.advisories.collection import demo
from checks.exposure import ExposureState
from checks.matching import AdvisoryIndex
from checks.target import target_of
from collector.platform import platforms
from parsers.facts import Identity, Partial, Reason, Software, Unknown
from tests.checks.case import SEEN, SOURCE, UNREAD, facts_of
from tests.checks.matched import (
    AFFECTED,
    SAFE,
    UNDETERMINED,
    Matched,
    advisory,
    ask,
    config,
    facts_for,
    patch,
    patched,
)

ONE_BUILD = {"affected": ({"base": "V200R019C10SPC800"},)}
PATCH = {"affected": ({"base": "V200R019C10SPC800", "patch_before": "V200R019SPH012"},)}
TWO = {
    "affected": ({"base": "V200R005C10SPC800"}, {"base_from": "V200R019C00", "base_before": "V200R019C10"})
}
LINES = {"affected": ({"base_before": "V200R020C00"}, {"base_before": "V300R021C00"})}


CASES = [
    Matched(name="in the range", state=AFFECTED, because="低于修复版本 V200R020C00"),
    Matched(name="lowest of the range", state=AFFECTED, because="等于受影响起始版本", version="V200R019C00"),
    Matched(name="below the range", state=SAFE, because="低于受影响起始版本", version="V200R005C10SPC800"),
    Matched(
        name="the fixed version", state=SAFE, because="不低于修复版本 V200R020C00", version="V200R020C00"
    ),
    Matched(name="above", state=SAFE, because="高于修复版本", version="V200R022C00SPC500"),
    Matched(
        name="another code line",
        state=UNDETERMINED,
        because="V300 与 V200 分属不同版本线",
        version="V300R020C00",
        reason=Reason.NO_BASELINE,
    ),
    Matched(
        name="no version of this vendor",
        state=UNDETERMINED,
        because="不是华为版本号",
        version="Release 6616",
        reason=Reason.UNPARSED,
    ),
    Matched(name="that build", state=AFFECTED, because="是公告所列版本", how=ONE_BUILD),
    Matched(
        name="a later build that the list lacks",
        state=UNDETERMINED,
        because="公告没有列出版本 V200R019C10SPC900，也没有说明它已修复",
        how=ONE_BUILD,
        version="V200R019C10SPC900",
        reason=Reason.NO_BASELINE,
    ),
    Matched(
        name="a build that the list lacks, fixed",
        state=SAFE,
        because="不低于修复版本 V200R020C00",
        how=ONE_BUILD,
        version="V200R020C00SPC100",
    ),
    Matched(
        name="in none of two ranges, fixed by one's end",
        state=SAFE,
        because="高于修复版本 V200R019C10",
        how=TWO,
    ),
    Matched(
        name="in none of two ranges, fixed by none",
        state=UNDETERMINED,
        because="公告没有列出版本 V200R005C10SPC900",
        how=TWO,
        version="V200R005C10SPC900",
        reason=Reason.NO_BASELINE,
    ),
    Matched(
        name="fixed in its own code line, whatever another line's range says",
        state=SAFE,
        because="高于修复版本 V200R020C00",
        how=LINES,
        version="V200R022C00",
    ),
    Matched(
        name="affected in its own code line",
        state=AFFECTED,
        because="低于修复版本 V300R021C00",
        how=LINES,
        version="V300R020C10",
    ),
    Matched(
        name="in a code line that the advisory does not name",
        state=UNDETERMINED,
        because="V600 与 V300 分属不同版本线",
        how=LINES,
        version="V600R021C00",
        reason=Reason.NO_BASELINE,
    ),
    Matched(
        name="a variant of the listed build",
        state=UNDETERMINED,
        because="同一级别的不同构建",
        how=ONE_BUILD,
        version="V200R019C10SPC800T",
        reason=Reason.NO_BASELINE,
    ),
    Matched(
        name="listed and patched beside another listed build",
        state=SAFE,
        because="不低于修复补丁",
        how={"affected": ({"base": "V200R005C10SPC800"}, *PATCH["affected"])},
        facts=patched(patch("V200R019SPH012")),
    ),
    Matched(
        name="in the second of two ranges",
        state=AFFECTED,
        because="低于修复版本 V200R019C10",
        how=TWO,
        version="V200R019C00SPC300",
    ),
    Matched(
        name="another model",
        state=SAFE,
        because="不含型号 CE12804",
        facts={"identity": Identity(seen=SEEN, hostname="sw1", model="CE12804")},
    ),
    Matched(
        name="part of a model is not the model",
        state=SAFE,
        because="不含型号 X-CE6857-48S6CQ-EI",
        facts={"identity": Identity(seen=SEEN, hostname="sw1", model="X-CE6857-48S6CQ-EI")},
    ),
    Matched(
        name="model unknown",
        state=UNDETERMINED,
        because="设备型号未知：命令超时，无法判断",
        facts={"identity": Unknown(Reason.TIMED_OUT)},
        reason=Reason.TIMED_OUT,
    ),
    Matched(
        name="version unknown",
        state=UNDETERMINED,
        because="软件版本未知：设备不支持该命令（说明），无法判断",
        facts={"software": Unknown(Reason.REFUSED, "说明")},
        reason=Reason.REFUSED,
    ),
    # patches
    Matched(name="no patch", state=AFFECTED, because="已生效补丁：无", how=PATCH, facts=patched()),
    Matched(
        name="lower patch",
        state=AFFECTED,
        because="CE6857EI-V200R019SPH008.PAT，低于修复补丁 V200R019SPH012",
        how=PATCH,
        facts=patched(patch("CE6857EI-V200R019SPH008.PAT")),
    ),
    Matched(
        name="the fixed patch",
        state=SAFE,
        because="不低于修复补丁",
        how=PATCH,
        facts=patched(patch("V200R019SPH012")),
    ),
    Matched(
        name="a later patch beside a lower one",
        state=SAFE,
        because="不低于修复补丁",
        how=PATCH,
        facts=patched(patch("V200R019SPH008"), patch("V200R019SPH020")),
    ),
    Matched(
        name="the fixed patch is only loaded",
        state=AFFECTED,
        because="已生效补丁：无",
        how=PATCH,
        facts=patched(patch("V200R019SPH012", effective=False)),
    ),
    Matched(
        name="a patch without a number",
        state=UNDETERMINED,
        because="补丁 hotfix.pat 的编号无法识别",
        how=PATCH,
        facts=patched(patch("hotfix.pat")),
        reason=Reason.UNPARSED,
    ),
    Matched(
        name="a patch of another kind",
        state=UNDETERMINED,
        because="无法比较",
        how=PATCH,
        facts=patched(patch("V200R019C10HP0005")),
        reason=Reason.UNPARSED,
    ),
    Matched(
        name="patches unknown",
        state=UNDETERMINED,
        because="补丁未知：连接中断，无法判断",
        how=PATCH,
        facts={"patches": Unknown(Reason.CUT)},
        reason=Reason.CUT,
    ),
    Matched(
        name="patches partly read",
        state=UNDETERMINED,
        because="补丁信息没有完整识别",
        how=PATCH,
        facts={"patches": Partial((), (UNREAD,), (SOURCE,))},
        reason=Reason.UNPARSED,
    ),
    Matched(
        name="patches do not matter outside the range",
        state=SAFE,
        because="不低于修复版本 V200R020C00",
        how=PATCH,
        version="V200R020C00",
        facts={"patches": Unknown(Reason.CUT)},
    ),
    # feature
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answer(case: Matched) -> None:
    found = ask(facts_of(facts_for(case)), "huawei_vrp8", [advisory(**case.how)])
    assert found.state is case.state
    assert case.because in "；".join(ground.text for ground in found.because)
    assert found.reason is case.reason
    assert found.trigger_known is case.trigger_known


def test_what_reports_print_is_taken_over() -> None:
    case = Matched(name="", state=AFFECTED, because="")
    found = ask(facts_of(facts_for(case)), "huawei_vrp8", [advisory(workaround={"text": "限制来源"})])
    assert (found.device, found.advisory_id, found.title) == ("sw1", "XJ-1", "标题")
    assert (found.severity, found.cvss, found.remote) == ("高", 7.5, True)
    assert (found.fixed_in, found.workaround) == (("V200R020C00",), "限制来源")
    assert found.source == "某公告，2026-05-06 更新"


def test_an_advisory_of_another_platform_says_nothing() -> None:
    case = Matched(name="", state=AFFECTED, because="")
    target = target_of("sw1", platforms()["inspur_inos_cn"], facts_of(facts_for(case)))
    assert AdvisoryIndex([advisory()]).match(target) == ()


VERSIONS = [
    ("h3c_comware7", "S6520X-54QC-EI", "Release 6304P03", "XJ-DEMO-2026-001", AFFECTED),
    ("h3c_comware7", "S6520X-54QC-EI", "Release 6305", "XJ-DEMO-2026-001", SAFE),
    ("h3c_comware7", "S6520X-54QC-EI", "Feature 6304", "XJ-DEMO-2026-001", UNDETERMINED),
    ("h3c_comware7", "S6520X-54QC-EI", "Release 2432P01", "XJ-DEMO-2026-001", UNDETERMINED),
    ("h3c_comware7", "S10508X-G", "Release 7585P05", "XJ-DEMO-2026-005", SAFE),
    ("h3c_comware7", "S10500X-G", "Release 7585P05", "XJ-DEMO-2026-005", AFFECTED),
    ("inspur_inos_cn", "CN61108PC-V", "9.2(2)", "XJ-DEMO-2026-003", AFFECTED),
    ("inspur_inos_cn", "CN61108PC-V", "9.2(3)", "XJ-DEMO-2026-003", SAFE),
    ("inspur_inos_cn", "CN61108PC-V", "7.0(3)I7(8)", "XJ-DEMO-2026-003", AFFECTED),
    ("inspur_inos_cn", "CN61108PC-V", "7.3(0)N1(1c)", "XJ-DEMO-2026-003", UNDETERMINED),
    ("huawei_vrp5", "S5735-L24T4X-A1", "V200R021C00SPC100", "XJ-DEMO-2026-004", AFFECTED),
]


@pytest.mark.parametrize(("platform", "model", "version", "advisory_id", "state"), VERSIONS)
def test_demo_advisories_over_versions(
    platform: str, model: str, version: str, advisory_id: str, state: ExposureState
) -> None:
    facts = facts_of(
        {
            "identity": Identity(seen=SEEN, hostname="sw1", model=model),
            "software": Software(seen=SEEN, os="x", version=version),
            **config("feature nxapi", "interface GigabitEthernet0/0/1", " stp edged-port enable"),
        }
    )
    assert ask(facts, platform, demo().advisories, advisory_id).state is state
