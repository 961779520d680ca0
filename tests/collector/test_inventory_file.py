"""Inventory files: what is right is read, what is wrong is told, all at once and with its place."""

import contextlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from collector.authorization import permitted
from collector.errors import InventoryError, InventoryProblem
from collector.inventory import Credential, Inventory
from collector.inventory_draft import is_secret_key
from collector.inventory_file import load_inventory
from collector.inventory_tables import COLUMNS

EXAMPLE = Path(__file__).parents[2] / "inventory.example.yaml"

GOOD = """\
credentials:
  ro: {username: insp, password_env: SITE_PW}
sites:
  - name: dc
    customer: 客户
    defaults: {credential: ro, role: access}
    authorization:
      authorized_by: 王五
      method: 邮件
      reference: MAIL-7
      valid_from: 2026-01-01T00:00:00+08:00
      valid_until: 2026-02-01T00:00:00+08:00
      devices: ["*"]
    devices:
      - {name: core, host: 192.0.2.1, role: core}
      - {name: acc, host: 192.0.2.2}
"""


def written(tmp_path: Path, text: str | bytes, name: str = "inv.yaml") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(path: Path) -> tuple[InventoryProblem, ...]:
    with pytest.raises(InventoryError) as refusal:
        load_inventory(path)
    assert all(problem.file == str(path) for problem in refusal.value.problems)
    assert all(str(problem) in str(refusal.value) for problem in refusal.value.problems)
    return refusal.value.problems


def told(path: Path) -> list[tuple[str, str, str]]:
    return [(p.place, p.value, p.expected) for p in problems(path)]


def test_what_the_example_shows_in_comments_works(tmp_path: Path) -> None:
    shown = (
        r"(?=(?:from|by)-|  (?:username|password_|key_|use_agent|tacacs|gate)"
        r"|aaa_servers|jump|concurrency|max_)"
    )
    text = re.sub(rf"^( *)# {shown}", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    inventory = load_inventory(written(tmp_path, text))
    known = inventory.credentials
    assert known["from-keyring"].password_keyring == "xunjian-site-a"
    assert known["from-command"].password_command == ("pass", "show", "net/xunjian")
    assert known["by-key"].key_file == str(tmp_path / "keys/id_ed25519")
    assert known["by-key"].key_passphrase_env == "XUNJIAN_KEY_PASSPHRASE"
    assert known["by-agent"].use_agent
    assert inventory.aaa_servers["tacacs-1"].concurrency == 2
    assert inventory.jump_hosts["gate"].credential == "by-key"
    assert inventory.sites[0].devices[0].jump == ("gate",)
    assert (inventory.sites[0].concurrency, inventory.sites[0].max_login_failures) == (10, 3)


def test_the_example_is_a_working_inventory() -> None:
    inventory = load_inventory(EXAMPLE)
    (site,) = inventory.sites
    record = permitted(site, [d.name for d in site.devices], datetime(2026, 6, 1, tzinfo=UTC))
    assert record.reference == "邮件 EXAMPLE-2026-001"
    assert {d.name: (d.credential, d.platform, d.port, d.timeout_s) for d in site.devices} == {
        "core-1": ("core-readonly", "auto", 22, 60.0),
        "agg-1": ("site-a-readonly", "huawei_vrp8", 22, 60.0),
        "access-1": ("site-a-readonly", "auto", 22, 120.0),
        "server-1": ("site-a-readonly", "auto", 2222, 60.0),
    }
    assert site.devices[0].expect.psu_min == 4
    assert site.contacts[0].phone == "010-0000-0000"


def test_the_example_holds_only_documentation_addresses() -> None:
    hosts = re.findall(r"host: (\S+)", EXAMPLE.read_text("utf-8"))
    assert hosts
    assert all(host.startswith(("192.0.2.", "198.51.100.", "203.0.113.")) for host in hosts)


def test_defaults_fill_in_and_devices_come_first(tmp_path: Path) -> None:
    core, acc = load_inventory(written(tmp_path, GOOD)).sites[0].devices
    assert (core.role, acc.role, acc.credential) == ("core", "access", "ro")


@pytest.mark.parametrize("host", ["2001:db8::1", "sw1.example.com", "SW_1", "192.0.2.9"])
def test_hosts(tmp_path: Path, host: str) -> None:
    path = written(tmp_path, GOOD.replace("host: 192.0.2.2", f"host: '{host}'"))
    assert load_inventory(path).sites[0].devices[1].host == host


def test_one_address_spelt_in_two_ways_is_one_address(tmp_path: Path) -> None:
    text = GOOD.replace("192.0.2.1", "'2001:db8::1'").replace("192.0.2.2", "'2001:DB8:0::1'")
    ((_, _, expected),) = told(written(tmp_path, text))
    assert expected == "address and port stands twice, first at line 15"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert load_inventory(written(tmp_path, GOOD.encode(encoding))).sites[0].customer == "客户"


def test_numbers_are_not_touched(tmp_path: Path) -> None:
    text = GOOD.replace("customer: 客户", "customer: 客户\n    contract: 0123\n    order: 1_000")
    site = load_inventory(written(tmp_path, text)).sites[0]
    assert (site.contract, site.order) == ("0123", "1_000")


DEVICE = "- {name: acc, host: 192.0.2.2}"
WRONG: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "type": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, port: ssh}",
        ("sites[0].devices[1].port (line 16)", "'ssh'", "must be a whole number"),
    ),
    "range": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, port: 70000}",
        ("sites[0].devices[1].port (line 16)", "'70000'", "must be at most 65535"),
    ),
    "time limit": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, timeout_s: 0}",
        ("sites[0].devices[1].timeout_s (line 16)", "'0'", "must be greater than 0.0"),
    ),
    "name": (
        DEVICE,
        "- {name: a/b, host: 192.0.2.2}",
        ("sites[0].devices[1].name (line 16)", "'a/b'", "must be a name without blanks and slashes"),
    ),
    "role": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, role: 核心}",
        (
            "sites[0].devices[1].role (line 16)",
            "'核心'",
            "must be 'core', 'aggregation', 'access', 'spine', 'leaf', 'border', 'oob' or 'unknown'",
        ),
    ),
    "time zone": (
        "customer: 客户\n",
        "customer: 客户\n    timezone: UTC+8\n",
        (
            "sites[0].timezone (line 6)",
            "'UTC+8'",
            "must be the name of an IANA time zone, like Asia/Shanghai",
        ),
    ),
    "missing": (DEVICE, "- {name: acc}", ("sites[0].devices[1] (line 16)", "", "host is missing")),
    "unknown key": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, plattform: auto}",
        ("sites[0].devices[1].plattform (line 16)", "", "unknown key plattform; did you mean platform?"),
    ),
    "unknown platform": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, platform: cisco}",
        (
            "sites[0].devices[1].platform (line 16)",
            "'cisco'",
            (
                "must be one of auto, h3c_comware5, h3c_comware7, huawei_vrp5, huawei_vrp8, inspur_inos6, "
                "inspur_inos_cn"
            ),
        ),
    ),
    "unknown credential": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, credential: rw}",
        ("sites[0].devices[1].credential (line 16)", "'rw'", "no such credential; defined are ro"),
    ),
    "no credential": (
        "credential: ro, role",
        "role",
        (
            "sites[0].devices[0] (line 15)",
            "",
            "no credential: write `credential` here or in the site's defaults; defined are ro",
        ),
    ),
    "wrong default, told once and where it stands": (
        "credential: ro, role: access",
        "credential: ro, port: x",
        ("sites[0].defaults.port (line 6)", "'x'", "must be a whole number"),
    ),
    "unknown default": (
        "credential: ro, role: access",
        "credential: ro, host: 192.0.2.9",
        (
            "sites[0].defaults.host (line 6)",
            "",
            (
                "unknown key host; known are credential, port, platform, timeout_s, role, location, tags, "
                "jump, aaa, legacy, protocol, insecure"
            ),
        ),
    ),
    "telnet not on purpose": (
        "host: 192.0.2.2}",
        "host: 192.0.2.2, protocol: telnet}",
        (
            "sites[0].devices[1] (line 16)",
            "",
            "telnet sends the password in clear: it is used only with `insecure: true`",
        ),
    ),
    "unknown jump host": (
        "host: 192.0.2.2}",
        "host: 192.0.2.2, jump: [bastion]}",
        ("sites[0].devices[1].jump[0] (line 16)", "'bastion'", "no such jump host; defined are none"),
    ),
    "jump host without credential": (
        "sites:\n",
        "jump_hosts:\n  bastion: {host: 192.0.2.9, credential: nobody}\nsites:\n",
        ("jump_hosts.bastion.credential (line 4)", "'nobody'", "no such credential; defined are ro"),
    ),
    "unknown AAA server": (
        "host: 192.0.2.2}",
        "host: 192.0.2.2, aaa: tacacs}",
        ("sites[0].devices[1].aaa (line 16)", "'tacacs'", "no such AAA server; defined are none"),
    ),
    "not a truth value": (
        "host: 192.0.2.2}",
        "host: 192.0.2.2, legacy: old}",
        ("sites[0].devices[1].legacy (line 16)", "'old'", "must be true or false"),
    ),
    "period that ends before it begins": (
        "    customer: 客户\n",
        (
            "    customer: 客户\n    sensitive_periods:\n      - {name: 重保, start: "
            "2026-02-01T00:00:00+08:00, end: 2026-01-01T00:00:00+08:00}\n"
        ),
        ("sites[0].sensitive_periods[0] (line 7)", "", "end must be later than start"),
    ),
    "same name": (
        "name: acc",
        "name: CORE",
        ("sites[0].devices[1].name (line 16)", "'CORE'", "device name stands twice, first at line 15"),
    ),
    "same address": (
        "host: 192.0.2.2",
        "host: 192.0.2.1",
        (
            "sites[0].devices[1].host (line 16)",
            "'192.0.2.1:22'",
            "address and port stands twice, first at line 15",
        ),
    ),
    "host with a scheme": (
        "host: 192.0.2.2",
        "host: ssh://192.0.2.2",
        (
            "sites[0].devices[1].host (line 16)",
            "'ssh://192.0.2.2'",
            "must be an IP address or host name, without user, scheme and port",
        ),
    ),
    "list": (
        DEVICE,
        DEVICE[:-1] + ", tags: x}",
        ("sites[0].devices[1].tags (line 16)", "'x'", "must be a list"),
    ),
    "no mapping": (DEVICE, "- acc", ("sites[0].devices[1] (line 16)", "'acc'", "must be `key: value` lines")),
    "no zone": (
        "2026-01-01T00:00:00+08:00",
        "2026-01-01 00:00",
        (
            "sites[0].authorization.valid_from (line 11)",
            "'2026-01-01 00:00'",
            "must have a time zone, like 2026-11-22T20:00:00+08:00",
        ),
    ),
    "no date": (
        "2026-01-01T00:00:00+08:00",
        "明天",
        (
            "sites[0].authorization.valid_from (line 11)",
            "'明天'",
            "must be date and time, like 2026-11-22T20:00:00+08:00",
        ),
    ),
    "window": (
        "2026-02-01",
        "2025-02-01",
        ("sites[0].authorization (line 7)", "", "valid_until must be later than valid_from"),
    ),
    "logo": (
        "customer: 客户",
        "{customer: 客户}".strip("{}") + "\n    logo: no.png",
        ("sites[0].logo (line 6)", "'no.png'", "no such file (paths are relative to the inventory)"),
    ),
    "duplicate key": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, name: b}",
        ("line 16", "", "name stands here twice, first at line 16"),
    ),
    "itself": (
        "customer: 客户",
        "customer: 客户\n    contacts: &x [*x]",
        ("sites[0].contacts[0] (line 6)", "", "refers to itself"),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    assert old in GOOD
    assert expected in told(written(tmp_path, GOOD.replace(old, new, 1)))


SINGLE = set(WRONG) - {"no credential", "itself"}


@pytest.mark.parametrize("case", sorted(SINGLE))
def test_one_mistake_is_one_problem(tmp_path: Path, case: str) -> None:
    old, new, expected = WRONG[case]
    assert told(written(tmp_path, GOOD.replace(old, new, 1))) == [expected]


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    text = (
        GOOD.replace("customer: 客户", "custmer: 客户")
        .replace("邮件", "电话")
        .replace("192.0.2.2", "192.0.2.1")
    )
    places = [place for place, _, _ in told(written(tmp_path, text))]
    assert places == [
        "sites[0] (line 4)",
        "sites[0].custmer (line 5)",
        "sites[0].authorization.method (line 9)",
        "sites[0].devices[1].host (line 16)",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("# nothing\n", "is empty"),
        ("- a\n- b\n", "is empty or something else"),
        ("sites: []\ncredentials: {}\n", "must hold at least 1"),
        (GOOD[: GOOD.index("    devices:\n")] + "    devices: []\n", "must hold at least 1"),
        ("credentials: {}\n", "sites is missing"),
        ("sites: {a: [}\n", "no valid YAML"),
        (b"\x00\x01\x02", "must be a text file"),
        (b"\xff\xff\xff\xff", "must be a text file"),
        ("? [a, b]\n: c\n", "a key must be one word"),
    ],
)
def test_files_that_hold_no_inventory(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert any(said in problem.expected for problem in problems(written(tmp_path, text)))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path / "none.yaml")[0].expected
    assert "cannot be read" in problems(tmp_path)[0].expected
    assert "save .xls as .xlsx" in problems(written(tmp_path, "x", "inv.xls"))[0].expected
    assert "no Excel workbook" in problems(written(tmp_path, "x", "inv.xlsx"))[0].expected


# --- passwords ------------------------------------------------------------------------------------

SECRET = "XJCANARY-LOGIN-s3cret"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("password_env: SITE_PW", f"password: {SECRET}"),
        ("password_env: SITE_PW", f"passwd: {SECRET}"),
        ("password_env: SITE_PW", f"密码: {SECRET}"),
        ("password_env: SITE_PW", f"pass: {SECRET}"),
        ("password_env: SITE_PW", f"secret: [{SECRET}]"),
        ("password_env: SITE_PW", f"login: {SECRET}"),
        ("password_env: SITE_PW", f"password_env: '{SECRET}!'"),
        ("{username: insp, password_env: SITE_PW}", SECRET),
        ("username: insp", f"username: [{SECRET}]"),
        (DEVICE, DEVICE[:-1] + f", password: {SECRET}}}"),
        (DEVICE, DEVICE[:-1] + f", Password: *{SECRET.replace('-', '')}}}"),
        ("host: 192.0.2.2", f"host: 'insp:{SECRET}@192.0.2.2'"),
        ("ro: {", f"password: {SECRET}\n  ro: {{"),
    ],
)
def test_a_password_is_refused_and_never_repeated(tmp_path: Path, old: str, new: str) -> None:
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(InventoryError) as refusal:
        load_inventory(path)
    assert "s3cret" not in str(refusal.value)
    assert "s3cret" not in repr(refusal.value.problems)


def test_a_password_is_refused_with_the_way_to_do_it_right(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("password_env: SITE_PW", f"password: {SECRET}"))
    ((place, value, expected),) = told(path)
    assert (place, value) == ("credentials.ro.password (line 2)", "***")
    assert "password_env" in expected
    assert "password_command" in expected


@pytest.mark.parametrize("heading", ["密码", "password", "登录口令", "Password"])
def test_a_password_column_is_refused_unread(tmp_path: Path, heading: str) -> None:
    text = f"局点,客户,设备名,管理地址,凭据,用户名,{heading}\ndc,客户,a,192.0.2.1,ro,insp,{SECRET}\n"
    path = written(tmp_path, text, "inv.csv")
    ((place, value, expected),) = told(path)
    assert (place, value) == ("G1", repr(heading))
    assert "password_env" in expected
    assert SECRET not in str(problems(path))


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("password", True),
        ("password_env", False),
        ("密码环境变量", False),
        ("密码", True),
        ("platform", False),
    ],
)
def test_what_counts_as_a_password_key(key: str, secret: bool) -> None:
    assert is_secret_key(key) is secret


# --- tables ---------------------------------------------------------------------------------------

CSV_CN = """\
局点,客户,密级,设备名,管理地址,端口,平台,角色,位置,标签,凭据,用户名,密码环境变量,授权人,授权方式,授权依据,授权开始,授权结束
dc,客户,秘密,core,192.0.2.1,,auto,core,A1,"x、y",ro,insp,SITE_PW,王五,邮件,M-7,2026-01-01T00:00:00+08:00,2026-02-01T00:00:00+08:00
dc,,,acc,192.0.2.2,2222,,,,,ro,,,王五,邮件,M-7,2026-01-01T00:00:00+08:00,2026-02-01T00:00:00+08:00
dc,,,spare,192.0.2.3,,,,,,ro,,,,,,,
"""
CSV_EN = (
    CSV_CN.replace("局点,客户,密级", "site,customer,classification", 1)
    .replace("设备名,管理地址,端口,平台,角色,位置,标签", "name,host,port,platform,role,location,tags", 1)
    .replace("凭据,用户名,密码环境变量", "credential,username,password_env", 1)
    .replace(
        "授权人,授权方式,授权依据,授权开始,授权结束",
        "authorized_by,method,reference,valid_from,valid_until",
        1,
    )
)


def is_the_table(inventory: Inventory) -> None:
    (site,) = inventory.sites
    assert (site.name, site.customer, site.classification) == ("dc", "客户", "秘密")
    assert site.authorization is not None
    assert site.authorization.devices == ("core", "acc")
    assert [(d.name, d.host, d.port, d.role, d.tags, d.credential) for d in site.devices] == [
        ("core", "192.0.2.1", 22, "core", ("x", "y"), "ro"),
        ("acc", "192.0.2.2", 2222, "unknown", (), "ro"),
        ("spare", "192.0.2.3", 22, "unknown", (), "ro"),
    ]
    assert inventory.credentials["ro"].password_env == "SITE_PW"


@pytest.mark.parametrize(("heading", "name"), [("时区", "Asia/Urumqi"), ("timezone", "UTC")])
def test_the_time_zone_of_a_table(tmp_path: Path, heading: str, name: str) -> None:
    first, core, *others = CSV_CN.splitlines()
    text = "\n".join([f"{first},{heading}", f"{core},{name}", *(f"{line}," for line in others)])
    (site,) = load_inventory(written(tmp_path, text, "inv.csv")).sites
    assert str(site.zone) == name


def test_times_are_local_unless_the_site_says_otherwise(tmp_path: Path) -> None:
    (site,) = load_inventory(written(tmp_path, GOOD)).sites
    assert str(site.zone) == "Asia/Shanghai"


@pytest.mark.parametrize("zone", ["UTC+8", "Asia", "../etc/passwd", "", "中国"])
def test_what_is_no_time_zone(tmp_path: Path, zone: str) -> None:
    text = GOOD.replace("customer: 客户", f"customer: 客户\n    timezone: {zone!r}")
    (problem,) = problems(written(tmp_path, text))
    assert problem.expected == "must be the name of an IANA time zone, like Asia/Shanghai"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("text", [CSV_CN, CSV_EN], ids=["cn", "en"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv(tmp_path: Path, text: str, encoding: str, end: str) -> None:
    path = written(tmp_path, text.replace("\n", end).encode(encoding), "inv.csv")
    is_the_table(load_inventory(path))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_of_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    is_the_table(load_inventory(written(tmp_path, CSV_CN.replace(",", delimiter), "inv.csv")))


def test_csv_problems_name_the_cell(tmp_path: Path) -> None:
    text = (
        CSV_CN.replace("2222", "x2")
        .replace("acc,192.0.2.2", "core,192.0.2.1")
        .replace("位置", "位子")
        .replace("dc,,,spare", "dc,另一客户,,spare")
    )
    found = {(place, value): expected for place, value, expected in told(written(tmp_path, text, "inv.csv"))}
    assert found.pop(("I1", "'位子'")).startswith("unknown column; known are 局点, 客户, ")
    assert found == {
        ("D3", "'core'"): "device name stands twice, first at D2",
        ("F3", "'x2'"): "must be a whole number",
        ("B4", "'另一客户'"): "says something else than B2",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("设备名,管理地址\na,192.0.2.1\n", ("A2", "", "this row names no site (column 局点 or site)")),
        ("局点,设备名,设备名\ndc,a,b\n", ("C1", "'设备名'", "this column stands twice")),
        ("局点,设备名\ndc,a,b\n", ("C2", "", "this column has no heading")),
        ("局点,用户名\ndc,u\n", ("B2", "", "this row names no credential (column 凭据 or credential)")),
    ],
)
def test_tables_that_do_not_say_enough(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(written(tmp_path, text, "inv.csv"))


def workbook(tmp_path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "inv.xlsx"
    book.save(path)
    return path


SHEETS: dict[str, list[list[object]]] = {
    "说明": [["随便写什么都行"]],
    "局点": [["局点", "客户", "密级", "默认凭据", "合同号"], ["dc", "客户", "秘密", "ro", 20260001]],
    "设备": [
        ["设备名", "管理地址", "端口", "角色", "标签"],
        ["core", "192.0.2.1", None, "core", "x, y"],
        ["acc", "192.0.2.2", 2222.0, None, None],
        [None, None, None, None, None],
        ["spare", "192.0.2.3", None, None, None],
    ],
    "凭据": [["凭据", "用户名", "密码环境变量"], ["ro", "insp", "SITE_PW"]],
    "授权": [
        ["授权人", "授权方式", "授权依据", "授权开始", "授权结束", "授权设备"],
        ["王五", "邮件", "M-7", "2026-01-01T00:00:00+08:00", "2026-02-01T00:00:00+08:00", "core，acc"],
    ],
    "联系人": [["联系人", "电话"], ["赵六", "010-1"], ["钱七", 8610]],
}


def test_excel(tmp_path: Path) -> None:
    inventory = load_inventory(workbook(tmp_path, **SHEETS))
    is_the_table(inventory)
    assert inventory.sites[0].contract == "20260001"
    assert [(c.name, c.phone) for c in inventory.sites[0].contacts] == [("赵六", "010-1"), ("钱七", "8610")]


def test_excel_problems_name_sheet_and_cell(tmp_path: Path) -> None:
    sheets = {title: [list(row) for row in rows] for title, rows in SHEETS.items()}
    sheets["设备"][2][2] = "很大"
    sheets["授权"][1][3] = datetime(2026, 1, 1)  # noqa: DTZ001 (as Excel gives it)
    sheets["凭据"][1][0] = "rw"
    found = told(workbook(tmp_path, **sheets))
    assert ("设备!C3", "'很大'", "must be a whole number") in found
    assert (
        "授权!D2",
        "'2026-01-01T00:00:00'",
        "must have a time zone, like 2026-11-22T20:00:00+08:00",
    ) in found
    assert ("局点!D2", "'ro'", "no such credential; defined are rw") in found
    assert len(found) == 3


@pytest.mark.parametrize(
    "headings",
    [
        "credential,username,password_env,password_keyring,password_command,key_file,key_passphrase_env,use_agent",
        "凭据,用户名,密码环境变量,密码钥匙串,密码命令,密钥文件,密钥口令环境变量,使用SSH代理",
    ],
)
def test_every_way_to_say_where_a_secret_is_has_a_column(tmp_path: Path, headings: str) -> None:
    rows: list[list[object]] = [
        [*headings.split(",")],
        ["ro", "insp", "SITE_PW", "net", "pass show 'net/my switch'", "keys/id", "KEY_PHRASE", True],
        ["rw", "admin", None, None, None, "/etc/keys/id", None, False],
    ]
    inventory = load_inventory(workbook(tmp_path, **{**SHEETS, "凭据": rows}))
    assert inventory.credentials == {
        "ro": Credential(
            username="insp",
            password_env="SITE_PW",
            password_keyring="net",
            password_command=("pass", "show", "net/my switch"),
            key_file=str(tmp_path / "keys/id"),
            key_passphrase_env="KEY_PHRASE",
            use_agent=True,
        ),
        "rw": Credential(username="admin", key_file="/etc/keys/id"),
    }


def test_a_command_with_an_open_quotation_mark_is_told_without_showing_it(tmp_path: Path) -> None:
    text = "局点,客户,设备名,管理地址,凭据,用户名,密码命令\ndc,客户,a,192.0.2.1,ro,u,echo 'Hunter2\n"
    assert ("G2", "***", "a quotation mark is not closed") in told(written(tmp_path, text, "inv.csv"))


def test_limits_of_logins_in_a_table(tmp_path: Path) -> None:
    text = "局点,客户,设备名,管理地址,凭据,用户名,并发设备数,登录失败上限\ndc,客户,a,192.0.2.1,ro,u,4,2\n"
    (site,) = load_inventory(written(tmp_path, text, "inv.csv")).sites
    assert (site.concurrency, site.max_login_failures) == (4, 2)


def test_a_key_file_is_found_from_the_inventory_and_from_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    for written_as, meant in (
        ("id", str(tmp_path / "id")),
        ("~/id", "/home/somebody/id"),
        ("/k/id", "/k/id"),
    ):
        text = GOOD.replace("password_env: SITE_PW", f"key_file: {written_as}")
        assert load_inventory(written(tmp_path, text)).credentials["ro"].key_file == meant


def test_several_sites_in_one_table(tmp_path: Path) -> None:
    text = CSV_CN + "dc2,客户二,内部,core,192.0.2.1,,,,,,ro,,,,,,,\n"
    inventory = load_inventory(written(tmp_path, text, "inv.csv"))
    assert [(site.name, len(site.devices)) for site in inventory.sites] == [("dc", 3), ("dc2", 1)]
    assert inventory.sites[1].authorization is None


def test_every_column_has_a_chinese_and_an_english_name_and_no_name_is_used_twice() -> None:
    names = [name.casefold() for headings in COLUMNS.values() for name in headings]
    assert len(names) == len(set(names))
    for column, headings in COLUMNS.items():
        assert any(name.isascii() for name in headings), column
        assert any(not name.isascii() for name in headings), column


# --- anything at all ------------------------------------------------------------------------------


@given(content=st.binary(max_size=300), suffix=st.sampled_from([".yaml", ".csv", ".xlsx"]))
def test_any_bytes_are_an_inventory_or_an_inventory_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    with pytest.raises(InventoryError):
        load_inventory(path)


@given(
    start=st.integers(0, len(GOOD)),
    length=st.integers(0, 40),
    put=st.sampled_from(["", "x", ": ", "\n", "- ", "{", "[", "'", "&a ", "*a", "null", "123", "\t"]),
)
def test_a_broken_inventory_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, put: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.yaml"
    path.write_text(GOOD[:start] + put + GOOD[start + length :], encoding="utf-8")
    with contextlib.suppress(InventoryError):
        assert load_inventory(path).sites[0].devices
