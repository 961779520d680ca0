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

FACT_WORDS: Mapping[str, str] = {
    "identity": "设备标识",
    "software": "软件版本",
    "uptime": "运行时长",
    "boards": "单板",
    "inventory": "序列号清单",
    "cpu": "CPU",
    "memory": "内存",
    "temperatures": "温度",
    "fans": "风扇",
    "power_supplies": "电源",
    "interfaces": "接口",
    "err_disabled": "被保护关闭的接口",
    "optics": "光模块",
    "lldp": "LLDP 邻居",
    "lags": "链路聚合",
    "stack": "堆叠",
    "ospf": "OSPF 邻居",
    "stp": "生成树",
    "clock": "设备时间",
    "ntp": "NTP",
    "log_events": "日志缓冲区",
    "info_center": "日志主机",
    "patches": "补丁",
    "startup": "启动文件",
    "licenses": "授权",
    "users": "本地用户",
    "snmp": "SNMP",
    "telnet": "Telnet 服务",
    "vty": "VTY 线路",
    "ssh": "SSH 服务",
    "acls": "ACL",
    "saved_state": "已保存配置",
    "config": "运行配置",
}
"""By name of the fact in `parsers.facts.Facts`."""
