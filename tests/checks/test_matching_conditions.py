"""Advisories against configurations: whether what triggers a fault is there, or is worked around."""

import pytest

from parsers.facts import Partial, Reason, Unknown
from tests.checks.case import SEEN, SOURCE, UNREAD, facts_of
from tests.checks.matched import (
    AFFECTED,
    AUTH,
    CONFIG,
    MITIGATED,
    OSPF,
    SAFE,
    UNDETERMINED,
    Matched,
    advisory,
    ask,
    config,
    facts_for,
)

NO_PATTERN = {"feature": {"detail": "启用了某特性"}}


CASES = [
    Matched(name="no condition", state=AFFECTED, because="任何配置都受影响"),
    Matched(
        name="feature on",
        state=AFFECTED,
        because="触发条件满足：启用了 OSPF",
        how={"feature": OSPF},
        facts=config(*CONFIG),
    ),
    Matched(
        name="feature off",
        state=SAFE,
        because="触发条件不满足",
        how={"feature": OSPF},
        facts=config("sysname sw1", "undo ospf 1", "ospfv3 1"),
    ),
    Matched(
        name="configuration not readable",
        state=UNDETERMINED,
        because="需要查看配置：配置未知：账号权限不足",
        how={"feature": OSPF},
        facts={"config": Unknown(Reason.NO_PRIVILEGE)},
        reason=Reason.NO_PRIVILEGE,
        trigger_known=False,
    ),
    Matched(
        name="configuration partly read",
        state=UNDETERMINED,
        because="配置没有完整识别",
        how={"feature": OSPF},
        facts={"config": Partial(config(*CONFIG)["config"], (UNREAD,), (SOURCE,))},
        reason=Reason.UNPARSED,
        trigger_known=False,
    ),
    Matched(
        name="a condition that no line tells",
        state=AFFECTED,
        because="触发条件“启用了某特性”无法从配置判断",
        how=NO_PATTERN,
        facts=config(*CONFIG),
        trigger_known=False,
    ),
    # workaround
    Matched(
        name="workaround in place, inside a block",
        state=MITIGATED,
        because="已落实规避措施：启用 OSPF 认证",
        how={"feature": OSPF, "workaround": AUTH},
        facts=config(*CONFIG, " ospf authentication-mode md5 1 cipher x"),
    ),
    Matched(
        name="workaround missing",
        state=AFFECTED,
        because="没有落实规避措施",
        how={"feature": OSPF, "workaround": AUTH},
        facts=config(*CONFIG),
    ),
    Matched(
        name="a workaround that no line tells",
        state=AFFECTED,
        because="是否落实无法从配置判断",
        how={"workaround": {"text": "限制来源"}},
        facts=config(*CONFIG),
    ),
    Matched(
        name="nobody can see the workaround",
        state=AFFECTED,
        because="是否落实无法从配置判断",
        how={"workaround": AUTH},
        facts={"config": Unknown(Reason.NO_PRIVILEGE)},
    ),
    Matched(
        name="a workaround does not make a trigger known",
        state=MITIGATED,
        because="已落实规避措施",
        how=NO_PATTERN | {"workaround": {"text": "命名", "pattern": "sysname .*"}},
        facts=config(*CONFIG),
        trigger_known=False,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_answer(case: Matched) -> None:
    found = ask(facts_of(facts_for(case)), "huawei_vrp8", [advisory(**case.how)])
    assert found.state is case.state
    assert case.because in "；".join(ground.text for ground in found.because)
    assert found.reason is case.reason
    assert found.trigger_known is case.trigger_known


def test_evidence_names_version_and_configuration_line() -> None:
    case = Matched(name="", state=AFFECTED, because="", facts=config(*CONFIG))
    found = ask(facts_of(facts_for(case)), "huawei_vrp8", [advisory(feature=OSPF)])
    assert SEEN in found.seen
    assert ("display current-configuration", (2,)) in [(seen.command, seen.lines) for seen in found.seen]
