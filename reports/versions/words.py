"""The Chinese words of the documents about versions."""

from collections.abc import Mapping

from checks.exposure import Certainty, Trigger

CERTAINTY: Mapping[Certainty, str] = {
    Certainty.CERTAIN: "确定",
    Certainty.INFERRED: "推断",
    Certainty.HINT: "线索",
}
TRIGGER: Mapping[Trigger, str] = {
    Trigger.NONE_NEEDED: "无触发条件",
    Trigger.PRESENT: "已启用",
    Trigger.ABSENT: "未启用",
    Trigger.UNKNOWN: "待核实",
}
