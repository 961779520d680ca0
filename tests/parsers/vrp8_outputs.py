"""What a VRP8 device prints, for the tests of its readers."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import Facts, Known, Location, Reason, Unknown
from parsers.reader import read_facts

FIXTURES = Path(__file__).parent / "fixtures" / "huawei_vrp8"
PLATFORM = platforms()["huawei_vrp8"]
ASKED = datetime(2024, 3, 3, 3, 49, 50, tzinfo=UTC)
RUNNING, SAVED = "display current-configuration", "display saved-configuration"

Outputs = Mapping[str, str]
"""Texts by command."""
Case = tuple[str, Outputs, Any]
"""Name of a fact, outputs, and what must come out of them."""

CONFIG = """\
!Software Version V200R019C10SPC800
#
sysname demo-vrp8
#
info-center loghost 192.0.2.210 level warning
#
ntp unicast-server 192.0.2.250
ntp unicast-server 192.0.2.251 preferred
#
telnet server disable
#
acl number 2001
 rule 5 permit source 192.0.2.192 0.0.0.63
#
aaa
 local-user xjadmin password irreversible-cipher $1c$XJCANARY-CIPHER-test$
 local-user xjadmin service-type ssh
 local-user xjadmin level 3
#
snmp-agent
snmp-agent community read cipher %^%#XJCANARY-SNMP-test%^%#
snmp-agent sys-info version v2c v3
#
stelnet server enable
ssh server acl 2001
#
user-interface vty 0 4
 acl 2001 inbound
 protocol inbound ssh
#
return
"""
ROUTED = CONFIG.replace(
    "#\nreturn",
    """\
#
bfd
#
dfs-group 1
 dual-active detection source ip 192.0.2.1 peer 192.0.2.2
#
interface Vlanif10
 vrrp vrid 10 virtual-ip 192.0.2.1
#
interface Eth-Trunk10
 mode lacp-static
 peer-link 1
#
isis 1
#
nqa test-instance ops uplink-a
 test-type icmp
#
bgp 65001
#
return""",
)
"""The same with every routing and redundancy protocol set up."""
SILENT = "sysname demo-silent\n#\nuser-interface vty 0 4\n#\nreturn\n"
"""A configuration that leaves everything to the defaults of the release."""


def fixture(command: str, name: str) -> str:
    folder = re.sub(r"_\d+(?=_|$)", "", command.replace("-", "_").replace(" ", "_"))
    return (FIXTURES / folder / f"{name}.txt").read_text("utf-8")


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="demo",
        command=command,
        status=status,
        raw=text.encode(),
        started_at=ASKED,
        elapsed_s=0.25,
        detail="" if status is CaptureStatus.OK else "as told",
    )


def read(outputs: Outputs) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def plain(value: Any) -> Any:
    """A value without evidence, without what the device does not print, or as it is by default."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if is_dataclass(value) and not isinstance(value, Location):
        kept = [
            f
            for f in fields(value)
            if not isinstance(f.default, bool) or getattr(value, f.name) is not f.default
        ]
        said = {f.name: plain(getattr(value, f.name)) for f in kept if f.name != "seen"}
        return {name: item for name, item in said.items() if item is not None and item != ()}
    return value


def slot(number: str, port: str | None = None) -> Location:
    return Location(slot=number, port=port)


def check_known(case: Case) -> None:
    """The fact is read whole, with exactly these values."""
    fact, outputs, expected = case
    known = getattr(read(outputs), fact)
    assert isinstance(known, Known), known
    assert plain(known.value) == expected


def check_unknown(case: Case) -> None:
    """The fact cannot be read, and its detail says why."""
    fact, outputs, why = case
    unknown = getattr(read(outputs), fact)
    assert isinstance(unknown, Unknown), unknown
    assert unknown.reason is Reason.UNPARSED
    assert why in unknown.detail


MLAG = "display dfs-group 1 m-lag"
MLAG_BRIEF = "display dfs-group 1 m-lag brief"
MLAG_NODE = "display dfs-group 1 node 1 m-lag brief"
TABLE_USE = {
    "display mac-address summary": fixture("display mac-address summary", "two_slots"),
    "display arp statistics": fixture("display arp statistics", "resolved"),
    "display ip routing-table statistics": fixture("display ip routing-table statistics", "many"),
}
VERSION = fixture("display version", "ce6857_stack_v200r019")
NTP_ON = fixture("display ntp status", "synchronized")
