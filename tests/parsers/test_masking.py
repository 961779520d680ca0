"""Every form in which a configuration writes a secret down, and lines that hold none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.masking import mask_line, mask_lines

SECRET = "Zx9-canary$1"

WITH_SECRET = [
    "snmp-agent community write {}",
    "snmp-agent community read cipher {} acl 2000",
    "snmp-agent community read simple {} acl 2001",
    " password irreversible-cipher {}",
    " local-user admin password irreversible-cipher {}",
    " password hash {}",
    "snmp-server user ops network-operator auth sha {} priv aes-128 0xdef localizedkey",
    "snmp-server user ops network-operator auth sha 0xabc priv aes-128 {} localizedkey",
    "snmp-server user ops network-operator auth md5 {} priv 0xdef localizedkey",
    "snmp-server user ops network-operator auth md5 0xabc priv {} localizedkey",
    "snmp-server community {} group network-operator",
    "snmp-server community {} ro",
    "username admin password 5 {}  role network-admin",
    " set authentication password cipher {}",
    " ospf authentication-mode md5 1 cipher {}",
    "ntp-service authentication-keyid 1 authentication-mode md5 cipher {}",
    "ntp authentication-key 1 md5 {} 7",
    "snmp-agent usm-user v3 ops net authentication-mode sha cipher {} privacy-mode aes128 cipher x",
    "snmp-agent usm-user v3 ops net cipher authentication-mode sha {} privacy-mode aes128 x",
    "snmp-agent usm-user v3 ops net cipher authentication-mode sha x privacy-mode aes128 {}",
    "snmp-agent usm-user v3 ops authentication-mode sha2-256 cipher {}",
    "snmp-agent usm-user v3 ops privacy-mode aes128 cipher {}",
    "snmp-agent target-host trap address udp-domain 192.0.2.1 params securityname cipher {} v2c",
    "radius-server key 7 {} authentication accounting",
    "hwtacacs server shared-key cipher {}",
    "tacacs-server host 192.0.2.9 key 7 {}",
    " key authentication cipher {}",
    " key authentication simple {}",
    "  key-string 7 {}",
    " neighbor 192.0.2.1 password 3 {}",
    " peer 192.0.2.1 password cipher {}",
    " ip ospf message-digest-key 1 md5 3 {}",
    "super password level 15 hash {}",
    " super password role network-admin hash {}",
    "enable secret 5 {}",
    "enable password privilege 3 8 {}",
    "username ops privilege 4 password 8 {}",
    "username ops privilege 4 password {}",
    " line-password 8 {}",
    " line-password {}",
    "snmp-server usm-user nms authentication sha 8 {} privacy aes 8 x",
    "snmp-server usm-user nms authentication sha 8 x privacy aes 8 {}",
    "snmp-server usm-user nms authentication md5 x privacy des {}",
    "snmp-server trap target-address mgmt-if 192.0.2.9 community {}",
    "ntp key 7 {}",
]

WITHOUT_SECRET = [
    " authentication-mode aaa",
    " authentication-mode scheme",
    " authentication-mode password",
    " password-control enable",
    "info-center loghost 192.0.2.20",
    " local-user ops service-type ssh",
    "snmp-agent sys-info version v3",
    "interface Ten-GigabitEthernet1/0/1",
    " port link-aggregation group 1",
    "ntp-service unicast-server 192.0.2.30",
    "Hash arithmetic: According to SIP-XOR-DIP",
    "Hash profile default",
    " no line-password",
]


@pytest.mark.parametrize("line", WITH_SECRET)
def test_a_secret_is_hidden(line: str) -> None:
    masked = mask_line(line.format(SECRET))
    assert SECRET not in masked
    assert "******" in masked


@pytest.mark.parametrize("line", WITHOUT_SECRET)
def test_a_line_without_a_secret_stays(line: str) -> None:
    assert mask_line(line) == line


@given(st.sampled_from(WITH_SECRET), st.from_regex(r"[A-Za-z0-9%^#@!$/+=]{8,40}", fullmatch=True))
def test_the_form_of_the_secret_does_not_matter(line: str, secret: str) -> None:
    before, after = line.split("{}")
    assert secret not in mask_line(line.format(secret)).removeprefix(before).removesuffix(after)


@given(st.text())
def test_masking_is_stable(line: str) -> None:
    assert mask_line(mask_line(line)) == mask_line(line)


def test_a_key_block_is_hidden_whole() -> None:
    block = [
        "ssl policy x",
        "-----BEGIN RSA PRIVATE KEY-----",
        "MIIEow",
        "-----END RSA PRIVATE KEY-----",
        "#",
    ]
    assert mask_lines(block) == (block[0], block[1], "******", block[3], "#")


def test_a_key_of_inos6_is_hidden_whole() -> None:
    block = ["  key format der", "  30819F300D06", "  0500038D00", "  key string end", "!"]
    masked = mask_lines(block)
    assert masked[1:3] == ("******", "******")
    assert masked[4] == "!"
