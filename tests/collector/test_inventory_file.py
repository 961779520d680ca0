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
from collector.inventory import Inventory
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
    assert expected == "地址和端口重复，第 15 行 已经用过"


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
        ("sites[0].devices[1].port（第 16 行）", "'ssh'", "应为整数"),
    ),
    "range": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, port: 70000}",
        ("sites[0].devices[1].port（第 16 行）", "'70000'", "应不大于 65535"),
    ),
    "time limit": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, timeout_s: 0}",
        ("sites[0].devices[1].timeout_s（第 16 行）", "'0'", "应大于 0.0"),
    ),
    "name": (
        DEVICE,
        "- {name: a/b, host: 192.0.2.2}",
        ("sites[0].devices[1].name（第 16 行）", "'a/b'", "应为不含空格和斜杠的名称"),
    ),
    "role": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, role: 核心}",
        (
            "sites[0].devices[1].role（第 16 行）",
            "'核心'",
            "应为 'core'、'aggregation'、'access'、'border'、'oob'、'unknown' 之一",
        ),
    ),
    "missing": (DEVICE, "- {name: acc}", ("sites[0].devices[1]（第 16 行）", "", "缺少 host")),
    "unknown key": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, plattform: auto}",
        ("sites[0].devices[1].plattform（第 16 行）", "", "未知的键 plattform，是否想写 platform？"),
    ),
    "unknown platform": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, platform: cisco}",
        (
            "sites[0].devices[1].platform（第 16 行）",
            "'cisco'",
            "应为 auto、h3c_comware7、huawei_vrp5、huawei_vrp8、inspur_inos_cn 之一",
        ),
    ),
    "unknown credential": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, credential: rw}",
        ("sites[0].devices[1].credential（第 16 行）", "'rw'", "没有这个凭据，已定义：ro"),
    ),
    "no credential": (
        "credential: ro, role",
        "role",
        (
            "sites[0].devices[0]（第 15 行）",
            "",
            "没有指定凭据：请写 credential，或在 defaults 中给出；已定义：ro",
        ),
    ),
    "wrong default, told once and where it stands": (
        "credential: ro, role: access",
        "credential: ro, port: x",
        ("sites[0].defaults.port（第 6 行）", "'x'", "应为整数"),
    ),
    "unknown default": (
        "credential: ro, role: access",
        "credential: ro, host: 192.0.2.9",
        (
            "sites[0].defaults.host（第 6 行）",
            "",
            "未知的键 host，可用：credential、port、platform、timeout_s、role、location、tags",
        ),
    ),
    "same name": (
        "name: acc",
        "name: CORE",
        ("sites[0].devices[1].name（第 16 行）", "'CORE'", "设备名重复，第 15 行 已经用过"),
    ),
    "same address": (
        "host: 192.0.2.2",
        "host: 192.0.2.1",
        ("sites[0].devices[1].host（第 16 行）", "'192.0.2.1:22'", "地址和端口重复，第 15 行 已经用过"),
    ),
    "host with a scheme": (
        "host: 192.0.2.2",
        "host: ssh://192.0.2.2",
        (
            "sites[0].devices[1].host（第 16 行）",
            "'ssh://192.0.2.2'",
            "应为 IP 地址或主机名，不带用户名、协议和端口",
        ),
    ),
    "list": (DEVICE, DEVICE[:-1] + ", tags: x}", ("sites[0].devices[1].tags（第 16 行）", "'x'", "应为列表")),
    "no mapping": (DEVICE, "- acc", ("sites[0].devices[1]（第 16 行）", "'acc'", "应为“键: 值”")),
    "no zone": (
        "2026-01-01T00:00:00+08:00",
        "2026-01-01 00:00",
        (
            "sites[0].authorization.valid_from（第 11 行）",
            "'2026-01-01 00:00'",
            "应带时区，如 2026-11-22T20:00:00+08:00",
        ),
    ),
    "no date": (
        "2026-01-01T00:00:00+08:00",
        "明天",
        (
            "sites[0].authorization.valid_from（第 11 行）",
            "'明天'",
            "应为日期和时间，如 2026-11-22T20:00:00+08:00",
        ),
    ),
    "window": (
        "2026-02-01",
        "2025-02-01",
        ("sites[0].authorization（第 7 行）", "", "valid_until 必须晚于 valid_from"),
    ),
    "logo": (
        "customer: 客户",
        "{customer: 客户}".strip("{}") + "\n    logo: no.png",
        ("sites[0].logo（第 6 行）", "'no.png'", "没有这个文件（路径相对于设备清单）"),
    ),
    "duplicate key": (
        DEVICE,
        "- {name: acc, host: 192.0.2.2, name: b}",
        ("第 16 行", "", "键 name 重复，第 16 行 已经写过"),
    ),
    "itself": (
        "customer: 客户",
        "customer: 客户\n    contacts: &x [*x]",
        ("sites[0].contacts[0]（第 6 行）", "", "引用了它自己"),
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
        "sites[0]（第 4 行）",
        "sites[0].custmer（第 5 行）",
        "sites[0].authorization.method（第 9 行）",
        "sites[0].devices[1].host（第 16 行）",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件为空"),
        ("# nothing\n", "文件为空"),
        ("- a\n- b\n", "文件为空或不是"),
        ("sites: []\ncredentials: {}\n", "至少要有 1 项"),
        (GOOD[: GOOD.index("    devices:\n")] + "    devices: []\n", "至少要有 1 项"),
        ("credentials: {}\n", "缺少 sites"),
        ("sites: {a: [}\n", "不是合法的 YAML"),
        (b"\x00\x01\x02", "不是文本文件"),
        (b"\xff\xff\xff\xff", "不是文本文件"),
        ("? [a, b]\n: c\n", "键应为一个词"),
    ],
)
def test_files_that_hold_no_inventory(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert any(said in problem.expected for problem in problems(written(tmp_path, text)))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert "读不到文件" in problems(tmp_path / "none.yaml")[0].expected
    assert "读不到文件" in problems(tmp_path)[0].expected
    assert ".xls 请另存为" in problems(written(tmp_path, "x", "inv.xls"))[0].expected
    assert "不是有效的 Excel" in problems(written(tmp_path, "x", "inv.xlsx"))[0].expected


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
    assert (place, value) == ("credentials.ro.password（第 2 行）", "***")
    assert "password_env" in expected
    assert "环境变量" in expected


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
    assert found.pop(("I1", "'位子'")).startswith("未知的列名，可用：局点、客户、")
    assert found == {
        ("D3", "'core'"): "设备名重复，D2 已经用过",
        ("F3", "'x2'"): "应为整数",
        ("B4", "'另一客户'"): "与 B2 处所写不一致",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("设备名,管理地址\na,192.0.2.1\n", ("A2", "", "这一行没有局点名（列“局点”）")),
        ("局点,设备名,设备名\ndc,a,b\n", ("C1", "'设备名'", "列名重复")),
        ("局点,设备名\ndc,a,b\n", ("C2", "", "这一列没有列名")),
        ("局点,用户名\ndc,u\n", ("B2", "", "这一行没有凭据名（列“凭据”）")),
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
    assert ("设备!C3", "'很大'", "应为整数") in found
    assert ("授权!D2", "'2026-01-01T00:00:00'", "应带时区，如 2026-11-22T20:00:00+08:00") in found
    assert ("局点!D2", "'ro'", "没有这个凭据，已定义：rw") in found
    assert len(found) == 3


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
