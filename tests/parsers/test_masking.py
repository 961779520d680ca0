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
    " ip rip authentication string {}",
    " ip rip authentication string 8 {}",
    "rmon event 1 log trap {} description link",
    # Comware
    "rmon event 1 description link log-trap {} owner noc",
    "rmon event 1 trap {}",
    " set authentication password hash {}",
    " set authentication password simple {}",
    " primary authentication 192.0.2.9 key cipher {}",
    " primary accounting 192.0.2.9 1813 key simple {}",
    " secondary authorization 192.0.2.9 key {}",
    " client ip 192.0.2.9 key cipher {}",
    " ip 192.0.2.9 key cipher {}",
    "portal server campus ip 192.0.2.9 key cipher {} url http://192.0.2.9/portal",
    " pre-shared-key address 192.0.2.9 255.255.255.255 key cipher {}",
    " pre-shared-key hostname branch key simple {}",
    " pre-shared-key {}",
    " sa string-key inbound esp simple {}",
    " sa string-key outbound ah {}",
    " sa hex-key authentication inbound ah cipher {}",
    " sa hex-key encryption outbound esp simple {}",
    " sa authentication-hex inbound ah {}",
    " sa encryption-hex outbound esp cipher {}",
    " ospf authentication-mode simple plain {}",
    " ospf authentication-mode hmac-md5 1 plain {}",
    " ospf authentication-mode hmac-sha-256 200 cipher {}",
    " ospf authentication-mode md5 200 {}",
    " vlink-peer 192.0.2.9 md5 1 cipher {}",
    " vlink-peer 192.0.2.9 md5 1 {}",
    " isis authentication-mode md5 plain {}",
    " isis authentication-mode gca 1 hmac-sha-256 cipher {}",
    " area-authentication-mode md5 cipher {}",
    " area-authentication-mode md5 {}",
    " domain-authentication-mode simple {}",
    " rip authentication-mode md5 rfc2082 cipher {} 1",
    " rip authentication-mode md5 rfc2453 plain {}",
    " rip authentication-mode md5 rfc2453 {}",
    " rip authentication-mode simple {}",
    " vrrp vrid 1 authentication-mode md5 cipher {}",
    " vrrp vrid 1 authentication-mode simple plain {}",
    " vrrp vrid 1 authentication-mode md5 {}",
    " peer 192.0.2.9 password simple {}",
    " md5-authentication 192.0.2.9 plain {}",
    "dldp authentication-password simple {}",
    "dldp authentication-password {}",
    " mka psk ckn {} cak cipher x",
    " mka psk ckn E9AC cak simple {}",
    " preshared-key pass-phrase simple {}",
    " port-security preshared-key pass-phrase {}",
    " wep default-key 1 wep40 pass-phrase {}",
    " ppp chap password cipher {}",
    " ppp pap local-user u1 password simple {}",
    "mac-authentication user-name-format fixed account mac password simple {}",
    "archive configuration server password cipher {}",
    " acs default password cipher {}",
    " cwmp cpe password {}",
    "sntp-service authentication-keyid 1 authentication-mode hmac-sha-256 simple {}",
    "ntp-service authentication-keyid 4294967295 authentication-mode md5 {}",
    "snmp-agent community simple {} user-role network-operator",
    "snmp-agent usm-user v3 ops net simple authentication-mode md5 {} privacy-mode 3des x",
    "snmp-agent usm-user v3 ops net simple authentication-mode md5 x privacy-mode des56 {}",
    "snmp-agent target-host trap address udp-domain 192.0.2.9 params securityname {} v2c",
    # VRP
    "radius-server shared-key cipher {}",
    "radius-server shared-key {}",
    "radius-server authorization 192.0.2.9 shared-key cipher {}",
    "hwtacacs-server shared-key cipher {}",
    "hwtacacs-server shared-key simple {}",
    "easy-operation shared-key cipher {}",
    " md5-password cipher 192.0.2.9 {}",
    " md5-password plain 192.0.2.9 {}",
    "  key-string cipher {}",
    "  key-string plain {}",
    "snmp-agent local-user v3 ops authentication-mode sha2-256 cipher {} privacy-mode aes256 cipher x",
    "snmp-agent local-user v3 ops authentication-mode sha2-256 cipher x privacy-mode aes256 cipher {}",
    "set save-configuration backup-to-server server 192.0.2.9 transport-type sftp user u password cipher {}",
    " security wpa-wpa2 psk pass-phrase cipher {} aes",
    " security wpa2 psk pass-phrase {} aes",
    " isis authentication-mode hmac-sha256 key-id 1 cipher {}",
    "super password level 3 cipher {}",
    "super password {}",
    # NX-OS
    'radius-server host 192.0.2.9 key 7 "{}" authentication accounting',
    'tacacs-server key 7 "{}"',
    "snmp-server host 192.0.2.9 traps version 2c {}",
    "snmp-server host 192.0.2.9 version 1 {} udp-port 1162",
    "snmp-server host 192.0.2.9 informs version 3 priv {}",
    "snmp-server host 192.0.2.9 {}",
    "snmp-server community {} use-acl mgmt",
    "  ip ospf authentication-key 3 {}",
    "  ip ospf authentication-key {}",
    "  area 0.0.0.1 virtual-link 192.0.2.9 message-digest-key 1 md5 3 {}",
    "  authentication text {}",
    '    Authentication text "{}"',
    "  authentication md5 key-string 7 {}",
    "  authentication md5 key-string {} timeout 60",
    "    key-octet-string 7 {} cryptographic-algorithm AES_256_CMAC",
    "ip msdp password 192.0.2.9 3 {}",
    "  authentication ipsec spi 256 md5 0 {}",
    "  encryption ipsec spi 256 esp 3des 0 {} md5 0 x",
    "  encryption ipsec spi 256 esp 3des 0 x md5 0 {}",
    'ldap-server host 192.0.2.9 rootDN "cn=ops" password 7 {} port 389',
    "fcsp dhchap password 7 {}",
    "enable secret {}",
    # INOS 6 and its kin
    "radius-server host 192.0.2.9 key {}",
    " ip ospf authentication-key {}",
    " area-password {} authenticate snp validate",
    "domain-password {}",
    # what devices print of it elsewhere
    "Community name: {}",
    "   Community name:{}",
    "Password = {}",
    "login password is {}",
    "copy scp://ops:{}@192.0.2.9/config startup-config",
    "%Nov 22 10:20:30:123 2026 sw SHELL/6/SHELL_CMD: -User=ops; Command is snmp-agent community read {}",
    '%%01SHELL/5/CMDRECORD(s)[0]:Recorded command. (User=ops, Command="local-user a password cipher {}")',
    "%VSHD-5-VSHD_SYSLOG_CONFIG_I: configure terminal ; snmp-server community {} ro (SUCCESS)",
    " description radius of the campus, password: {}",
    " description 认证服务器，口令：{}",
    " description 登录密码为{}",
]

ENCIPHERED = [
    "%^%#Zx9canary1(u%^%#",
    "%^%#Zx9canary1(u",
    "%@%@Zx9canary1(u%@%@",
    "%$%$Zx9canary1(u%$%$",
    "%#%#Zx9canary1(u%#%#",
    "%+%#Zx9canary1(u%+%#",
    "@%@%Zx9canary1(u@%@%",
    "$c$3$Zx9canary1==",
    "$h$6$Zx9canary1==",
    "$1a$Zx9canary1$",
    "$1c$Zx9canary1$",
    "$5$Zx9canary1$u",
    "$6$Zx9canary1$u",
    "$8$Zx9canary1",
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
    "ssh server cipher aes256_ctr aes128_ctr",
    "ssh server hmac sha2_512 sha2_256",
    "undo ssh server cipher 3des_cbc",
    "ssh2 algorithm cipher aes256-ctr aes128-ctr",
    "ssh2 algorithm mac sha2-256 sha2-512",
    "ssh key rsa 2048",
    "ntp server 192.0.2.9 use-vrf management key 1",
    "ntp peer 192.0.2.9 key 1",
    " ospf authentication-mode md5",
    " authentication-mode hmac-sha-256",
    "  apply community 65001:1",
    "  set community 65001:1",
    "  if-match community 1",
    "key chain ospf-keys",
    "  authentication md5 key-chain hsrp-keys",
    "  password expire 90",
    "  password history record number 5",
    "local-user policy password min-len 10",
    "local-aaa-user password policy administrator",
    "undo snmp-agent community complexity-check disable",
    "snmp-server host 192.0.2.9 use-vrf management",
    "snmp-server host 192.0.2.9 source-interface mgmt0",
    "Password aging:                       Enabled (90 days)",
    "Password composition:                 Enabled (2 types,  1 characters per type)",
    "Login with aged password:             3 times in 30 days",
    "Server key lifetime: 60 minute(s)",
    "DLDP authentication-password: not configured",
    "  Auth Type      : Simple",
    "Authentication type: password, public-key",
    "  GRE key disabled",
    "Tunnel protocol/transport GRE/IP, key disabled",
    " esp encryption-algorithm aes-cbc-256",
    " authentication-algorithm sha256",
    "%BGP-5-ADJ: TCP MD5 authentication failed from 192.0.2.9",
    "Failed password for ops from 192.0.2.9 port 50022 ssh2",
    "%Nov 22 10:20:30:123 2026 sw SSHS/6/SSHS_AUTH_FAIL: ops from 192.0.2.9 failed password authentication",
]


@pytest.mark.parametrize("line", WITH_SECRET)
def test_a_secret_is_hidden(line: str) -> None:
    masked = mask_line(line.format(SECRET))
    assert SECRET not in masked
    assert "******" in masked


@pytest.mark.parametrize("line", WITHOUT_SECRET)
def test_a_line_without_a_secret_stays(line: str) -> None:
    assert mask_line(line) == line


@pytest.mark.parametrize("value", ENCIPHERED)
@pytest.mark.parametrize("line", ["unheard-of {} acl 2000", "of the future={}", "{}", 'a line "{}"'])
def test_an_enciphered_value_is_hidden_after_any_word(line: str, value: str) -> None:
    masked = mask_line(line.format(value))
    assert "Zx9" not in masked
    assert "******" in masked


@given(
    st.sampled_from(WITH_SECRET),
    st.from_regex(r"[A-Za-z0-9%^#@!$/+=\"'&<>(){};:*.,|~_-]{8,40}", fullmatch=True),
)
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


def test_the_group_of_a_community_has_its_name() -> None:
    shown = ["   Community name: campus", "       Group name: campus", "       Acl:2000", " Group name: ops"]
    masked = mask_lines(shown)
    assert masked == ("   Community name: ******", "       Group name: ******", "       Acl:2000", shown[3])


def test_a_key_of_inos6_is_hidden_whole() -> None:
    block = ["  key format der", "  30819F300D06", "  0500038D00", "  key string end", "!"]
    masked = mask_lines(block)
    assert masked[1:3] == ("******", "******")
    assert masked[4] == "!"
