"""The Chinese words of reports and conclusions for what the code names in English."""

from collections.abc import Mapping

from checks.verdict import Outcome, Severity
from parsers.facts import Reason

SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.CRITICAL: "严重",
    Severity.MAJOR: "重要",
    Severity.MINOR: "一般",
    Severity.INFO: "提示",
}

OUTCOME_WORDS: Mapping[Outcome, str] = {
    Outcome.FAIL: "不通过",
    Outcome.NOT_ASSESSED: "未检查",
    Outcome.PASS: "通过",
    Outcome.NOT_APPLICABLE: "不涉及",
}

REASON_WORDS: Mapping[Reason, str] = {
    Reason.UNREACHABLE: "设备不可达",
    Reason.LOGIN_FAILED: "登录失败",
    Reason.REFUSED: "设备不支持该命令",
    Reason.NO_PRIVILEGE: "账号无权限",
    Reason.TIMED_OUT: "命令超时",
    Reason.CUT: "连接中断",
    Reason.UNPARSED: "回显未能识别",
    Reason.UNSUPPORTED: "该平台不提供",
    Reason.NOT_COLLECTED: "未采集",
    Reason.STALE: "数据过期",
    Reason.NO_BASELINE: "没有基线",
}
