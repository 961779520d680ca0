"""What a VRP5 device prints, for the tests of its readers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import Facts, Known, Location, Reason, Unknown
from parsers.reader import read_facts

FIXTURES = Path(__file__).parent / "fixtures" / "huawei_vrp5"
PLATFORM = platforms()["huawei_vrp5"]
ASKED = datetime(2026, 3, 14, 2, 11, 0, tzinfo=UTC)
RUNNING, SAVED = "display current-configuration", "display saved-configuration"

Case = tuple[str, Mapping[str, str], Any]
"""Name of a fact, outputs as `named` takes them, and what must come out of them."""

CONFIG = """\
!Software Version V200R019C10SPC500
#
sysname demo-s
#
vlan batch 10 99
#
telnet server enable
#
acl number 2001
 description login
 rule 5 permit source 192.0.2.192 0.0.0.63
 rule 10 deny
acl name open 2002
 rule 5 permit
#
aaa
 authentication-scheme default
 local-user admin password irreversible-cipher $1a$level 3$
 local-user admin privilege level 15
 local-user admin service-type terminal ssh
 local-user auditor password cipher %^%#XJCANARY%^%#
 local-user auditor service-type http
#
interface GigabitEthernet0/0/1
 port link-type access
#
snmp-agent
snmp-agent community read cipher %^%#XJCANARY%^%# acl 2001
snmp-agent community write private
snmp-agent sys-info version v2c v3
snmp-agent group v3 strong privacy
snmp-agent usm-user v3 nms group strong
snmp-agent usm-user v3 nms authentication-mode sha2-256 cipher %^%#XJCANARY%^%#
snmp-agent usm-user v3 nms privacy-mode aes128 cipher %^%#XJCANARY%^%#
#
stelnet server enable
ssh server acl 2001
#
user-interface con 0
 authentication-mode aaa
user-interface vty 0 4
 acl 2001 inbound
 authentication-mode aaa
 protocol inbound ssh
user-interface vty 16 20
#
return
"""


def fixture(command: str, name: str) -> str:
    folder = command.replace("-", "_").replace(" ", "_")
    return (FIXTURES / folder / f"{name}.txt").read_text("utf-8")


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="demo-s",
        command=command,
        status=status,
        raw=text.encode(),
        started_at=ASKED,
        elapsed_s=0.25,
        detail="" if status is CaptureStatus.OK else "as told",
    )


def read(outputs: Mapping[str, str]) -> Facts:
    return read_facts(PLATFORM, [capture(command, text) for command, text in outputs.items()])


def named(outputs: Mapping[str, str]) -> dict[str, str]:
    """Outputs by command; a value of one word is the name of a fixture of that command."""
    return {c: fixture(c, said) if said.isidentifier() else said for c, said in outputs.items()}


def plain(value: Any) -> Any:
    """A value without evidence, without what the device does not print, or as it is by default."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, Location):
        return str(value)
    if is_dataclass(value):
        kept = [
            f
            for f in fields(value)
            if not isinstance(f.default, bool) or getattr(value, f.name) is not f.default
        ]
        said = {f.name: plain(getattr(value, f.name)) for f in kept if f.name != "seen"}
        return {name: item for name, item in said.items() if item is not None and item not in ((), "")}
    return value


def check_known(case: Case) -> None:
    """The fact is read whole, with exactly these values."""
    fact, outputs, expected = case
    known = getattr(read(named(outputs)), fact)
    assert isinstance(known, Known), known
    assert plain(known.value) == expected


def check_unknown(case: Case) -> None:
    """The fact cannot be read, and its detail says why."""
    fact, outputs, why = case
    unknown = getattr(read(named(outputs)), fact)
    assert isinstance(unknown, Unknown), unknown
    assert unknown.reason is Reason.UNPARSED
    assert why in unknown.detail
