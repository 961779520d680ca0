"""Whom to ask for a device, and where it stands, as its SNMP agent says."""

from datetime import UTC, datetime

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import Known
from parsers.reader import read_facts

VRP = "#\nsysname demo\n#\nsnmp-agent\nsnmp-agent sys-info {}\n#\nreturn\n"
COMWARE = "#\n version 7.1.070\n#\n sysname demo\n#\n snmp-agent\n snmp-agent sys-info {}\n#\nreturn\n"
CN = "version 9.2(2)\nhostname demo\nsnmp-server user demo network-operator\nsnmp-server {}\n"
SIX = (
    "version 6.6.6\nhostname demo\n!\nsnmp-server enable\nsnmp-server {}\n!\n"
    "line console 0\nline vty 0 7\n!\nend\n"
)
CONFIGURATIONS = {
    "h3c_comware7": ("display current-configuration", COMWARE),
    "h3c_comware5": ("display current-configuration", COMWARE),
    "huawei_vrp5": ("display current-configuration", VRP),
    "huawei_vrp8": ("display current-configuration", VRP),
    "inspur_inos_cn": ("show running-config", CN),
    "inspur_inos6": ("show running-config", SIX),
}


@pytest.mark.parametrize("platform", CONFIGURATIONS)
@pytest.mark.parametrize(
    ("line", "contact", "location"),
    [
        ("contact 值班 noc@example.com", "值班 noc@example.com", None),
        ("location Room 3, rack 7", None, "Room 3, rack 7"),
    ],
)
def test_contact_and_location(platform: str, line: str, contact: str | None, location: str | None) -> None:
    command, text = CONFIGURATIONS[platform]
    capture = Capture(
        device="demo",
        command=command,
        status=CaptureStatus.OK,
        raw=text.format(line).encode(),
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        elapsed_s=0.0,
    )
    snmp = read_facts(platforms()[platform], [capture], names=("snmp",)).snmp
    assert isinstance(snmp, Known), snmp
    assert (snmp.value.contact, snmp.value.location) == (contact, location)
