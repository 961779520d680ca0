import pytest

from agent.notices.notice import Line, Notice, told, without_addresses

HIDDEN = {
    "demo 192.0.2.1 拒绝连接": "demo *** 拒绝连接",
    "192.0.2.0/24": "***",
    "邻居 2001:db8::1%1": "邻居 ***%1",
    "2001:db8:0:0:0:0:0:1/64": "***",
    "MAC 0000-5e00-5301 与 00:00:5e:00:53:01": "MAC *** 与 ***",
    "0000.5e00.5301": "***",
}
KEPT = [
    "2026-11-20 08:00:00（UTC+8）",
    "Ten-GigabitEthernet1/0/1",
    "V200R019C10SPC500",
    "7.0(3)I7(8)",
    "9.3.5",
    "P003 OSPF 邻居状态：EXSTART",
    "1.2.3.4.5.6",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_addresses_are_hidden(text: str) -> None:
    assert without_addresses(text) == HIDDEN[text]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_address_is_kept(text: str) -> None:
    assert without_addresses(text) == text


NOTICE = Notice(
    id="run-1.changes",
    title="示例局点\n192.0.2.1 巡检",
    lines=(Line(text="新增 192.0.2.9 一项"), Line(text="snmp-agent community", confidential=True)),
)


def test_inside_the_house_everything_is_told() -> None:
    title, lines = told(NOTICE, internal=True, again=False)
    assert title == "示例局点 192.0.2.1 巡检"
    assert lines == ("新增 192.0.2.9 一项", "snmp-agent community")


def test_outside_addresses_and_quotes_are_not_told() -> None:
    title, lines = told(NOTICE, internal=False, again=False)
    assert title == "示例局点 *** 巡检"
    assert lines == ("新增 *** 一项", "（另有 1 行含配置或回显，不在此渠道发送）")


def test_what_may_have_been_told_before_says_so() -> None:
    assert "重复通知" in told(NOTICE, internal=True, again=True)[1][-1]
