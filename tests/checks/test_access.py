from dataclasses import replace
from typing import Any, Literal

import pytest

from parsers.facts import AaaMethod, Console, LoginPolicy, Service, Ssh, Telnet, Vty
from tests.checks.case import SEEN, Case

Method = Literal["local", "radius", "tacacs", "ldap", "none"]
Mode = Literal["none", "password", "aaa"]

VERDICTS = {
    "MGT-002": "pass, major, major lacking, not_applicable, unsupported",
    "MGT-003": "pass, major, not_applicable, unsupported",
    "MGT-004": "pass, critical, major, info, unparsed",
    "MGT-005": "pass, major, minor, not_applicable",
    "MGT-009": "pass, critical, major, minor, info, not_applicable, unparsed",
    "MGT-012": "pass, major, major lacking, minor, unparsed",
}
"""What each check can say of known facts: severities of fails, reasons of not assessed."""

GOOD = {"ciphers": ("aes256_ctr",), "macs": ("sha2-256",), "kex": ("dh_group16_sha512",)}


def server(name: str, gives: str, *says: str, telnet: bool = False, **ssh: Any) -> Case:
    row = Ssh(seen=SEEN, acl=None, **({"enabled": True, "v1_compatible": False} | ssh))
    facts = {"ssh": row, "telnet": Telnet(seen=SEEN, enabled=telnet, by_default=True)}
    return Case(check="MGT-002", name=name, facts=facts, gives=(gives,), says=says)


def algorithms(name: str, gives: str, *says: str, **ssh: Any) -> Case:
    row = Ssh(seen=SEEN, acl=None, **({"enabled": True} | GOOD | ssh))
    return Case(check="MGT-003", name=name, facts={"ssh": row}, gives=(gives,), says=says)


def service(name: Any, *, on: bool = True, acl: str | None = None, by_default: bool = False) -> Service:
    return Service(seen=SEEN, name=name, enabled=on, by_default=by_default, acl=acl)


def services(check: str, name: str, rows: tuple[Service, ...], *gives: str, says: str = "") -> Case:
    return Case(check=check, name=name, facts={"services": rows}, gives=gives, says=(says,) if says else ())


def vty(
    mode: Mode | None = "aaa", *, first: int = 0, last: int = 4, idle: float | None = 5, shut: bool = False
) -> Vty:
    return Vty(
        seen=SEEN,
        first=first,
        last=last,
        acl_in=None,
        protocols=() if shut else ("ssh",),
        auth_mode=mode,
        idle_min=idle,
    )


def methods(*names: Method, scheme: str = "default", used: bool = True, back: bool = False) -> AaaMethod:
    return AaaMethod(seen=SEEN, scheme=scheme, methods=names, for_logins=used, falls_back=back)


def login(
    name: str, lines: tuple[Vty, ...], schemes: tuple[AaaMethod, ...], *gives: str, says: str = ""
) -> Case:
    facts = {"vty": lines, "aaa": schemes}
    return Case(check="MGT-009", name=name, facts=facts, gives=gives, says=(says,) if says else ())


def limits(
    name: str,
    *gives: str,
    policy: tuple[int | None, float | None] = (5, 10),
    lines: tuple[Vty, ...] = (vty(),),
    console: float | None = 10,
    says: str = "",
) -> Case:
    facts = {
        "login_policy": LoginPolicy(seen=SEEN, max_fail=policy[0], lock_min=policy[1]),
        "vty": lines,
        "console": Console(seen=SEEN, idle_min=console),
    }
    return Case(check="MGT-012", name=name, facts=facts, gives=gives, says=(says,) if says else ())


REMOTE = methods("tacacs", "local")
FINE = "pass 登录认证方案"
LOCKED, IDLE = "pass 登录失败锁定", ("pass VTY 0～4", "pass Console")

CASES = [
    server("version 2 only", "pass"),
    server("version 1 as well", "fail major", "1.99", v1_compatible=True),
    server("nobody says which versions", "not_assessed unsupported", v1_compatible=None),
    server("only Telnet", "fail major", "只有 Telnet", enabled=False, telnet=True),
    server("nothing from afar", "not_applicable", enabled=False),
    algorithms("strong ones only", "pass", "主机密钥长度设备未显示"),
    algorithms("a key that is long enough", "pass", "3072 位", hostkey_bits=3072),
    algorithms("a short key", "fail major", "1024 位", hostkey_bits=1024),
    algorithms("CBC", "fail major", "加密算法 aes128_cbc", ciphers=("aes256_ctr", "aes128_cbc")),
    algorithms("triple DES", "fail major", "3des", ciphers=("3des_cbc",)),
    algorithms("SHA-1 as H3C writes it", "fail major", "MAC 算法 sha1", macs=("sha1", "sha2-256")),
    algorithms("MD5 as Huawei writes it", "fail major", "md5_96", macs=("md5_96",)),
    algorithms("an old group", "fail major", "dh_group14_sha1", kex=("dh_group14_sha1",)),
    algorithms("OpenSSH's names", "fail major", "group1-sha1", kex=("diffie-hellman-group1-sha1",)),
    algorithms("SHA-2 in a long name", "pass", macs=("hmac-sha2-256-etm@openssh.com",)),
    algorithms("nothing said", "not_assessed unsupported", "加密算法", ciphers=(), macs=(), kex=()),
    algorithms("weak, and the rest not said", "fail major", "des", ciphers=("des_cbc",), macs=()),
    algorithms("no server", "not_applicable", enabled=False),
    services("MGT-004", "off", (service("http", on=False),), "pass HTTP", says="配置"),
    services(
        "MGT-004", "off by default", (service("https", on=False, by_default=True),), "pass HTTPS", says="缺省"
    ),
    services("MGT-004", "in clear", (service("http", acl="2001"),), "fail critical HTTP", says="明文"),
    services("MGT-004", "open to all", (service("https"),), "fail major HTTPS", says="没有来源 ACL"),
    services("MGT-004", "restricted", (service("https", acl="2001"),), "fail info HTTPS", says="ACL 2001"),
    services("MGT-004", "NX-API", (service("nxapi"), service("netconf")), "fail major NX-API"),
    services(
        "MGT-004",
        "NX-API in clear",
        (service("nxapi"), service("http"), service("https", on=False)),
        "fail critical HTTP",
        "pass HTTPS",
    ),
    services("MGT-004", "nobody says", (service("netconf", on=False),), "not_assessed unparsed"),
    services("MGT-005", "off", (service("ftp", on=False),), "pass FTP"),
    services(
        "MGT-005", "open to all", (service("ftp"), service("tftp")), "fail major FTP", "fail major TFTP"
    ),
    services("MGT-005", "restricted", (service("ftp", acl="2001"),), "fail minor FTP", says="ACL 2001"),
    services("MGT-005", "no such server", (service("netconf"),), "not_applicable"),
    login("servers first, then local", (vty(),), (REMOTE,), "pass VTY 0～4", FINE),
    login("no account asked for", (vty("none"),), (REMOTE,), "fail critical VTY 0～4", says="不认证"),
    login("a password for all", (vty("password", last=0),), (REMOTE,), "fail major VTY 0"),
    login(
        "one range says nothing",
        (vty(), vty(None, first=16, last=20)),
        (REMOTE,),
        "pass VTY 0～4",
        "not_assessed unparsed VTY 16～20",
        FINE,
    ),
    login("a range nobody can use", (vty("none", shut=True), vty(last=0)), (REMOTE,), "pass VTY 0", FINE),
    login("nobody can come", (vty(shut=True),), (), "not_applicable"),
    login("local only", (vty(),), (methods("local"),), "pass VTY 0～4", "fail info 登录认证方案"),
    login(
        "servers only",
        (vty(),),
        (methods("radius"),),
        "pass VTY 0～4",
        "fail minor 登录认证方案",
        says="没有本地账号可用",
    ),
    login("local after all", (vty(),), (methods("radius", back=True),), "pass VTY 0～4", FINE),
    login(
        "nothing asked in the end",
        (vty(),),
        (methods("radius", "none"),),
        "pass VTY 0～4",
        "fail critical 登录认证方案",
    ),
    login(
        "remote in name alone",
        (vty(),),
        (replace(REMOTE, unserved=True),),
        "pass VTY 0～4",
        "fail info 登录认证方案",
        says="没有认证服务器",
    ),
    login(
        "another domain's scheme", (vty(),), (methods("radius", used=False), REMOTE), "pass VTY 0～4", FINE
    ),
    login("no scheme", (vty(),), (), "pass VTY 0～4", "not_assessed unparsed 登录认证方案"),
    limits("as it should be", LOCKED, *IDLE),
    limits("no lock", "fail major 登录失败锁定", *IDLE, policy=(None, None)),
    limits("too many tries", "fail minor 登录失败锁定", *IDLE, policy=(10, 10), says="多于 5 次"),
    limits("too short", "fail minor 登录失败锁定", *IDLE, policy=(3, 5), says="少于 10 分钟"),
    limits("no duration printed", LOCKED, *IDLE, policy=(3, None)),
    limits("open for ever", LOCKED, "fail major VTY 0～4", "pass Console", lines=(vty(idle=0),)),
    limits("half an hour", LOCKED, "fail minor VTY 0～4", "pass Console", lines=(vty(idle=30),)),
    limits("a range nobody can use", LOCKED, "pass Console", lines=(vty(idle=0, shut=True),)),
    limits("console open for ever", LOCKED, IDLE[0], "fail major Console", console=0),
    limits("console not said", LOCKED, IDLE[0], "not_assessed unparsed Console", console=None),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
