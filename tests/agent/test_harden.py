"""The hardening plan of the demo site: what it says, in which order, and what it must not say."""

from pathlib import Path

import openpyxl
import pypdf
import pytest

from agent.rules import load_rules
from checks.hardening import HardeningPlan, PreconditionState, plan_hardening
from checks.verdict import Outcome
from tests.agent.command import Ended, command
from tests.agent.conftest import DemoRun

OWN = "hardening:\n  management_networks: [192.0.2.0/24]\n  log_servers: [192.0.2.200]\n"


@pytest.fixture(scope="module")
def plan(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> HardeningPlan:
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    file.write_text(OWN, "utf-8")
    return plan_hardening(demo_run.inspection, load_rules((), file, ()).baseline.hardening)


@pytest.fixture(scope="module")
def written(demo_run: DemoRun, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, Path]:
    folder = tmp_path_factory.mktemp("plan")
    file = folder / "own.yaml"
    file.write_text(OWN, "utf-8")
    ended = command("harden", str(demo_run.folder), "--baseline", str(file), "-o", str(folder))
    return ended, folder


def lines(plan: HardeningPlan, device: str, check: str) -> tuple[str, ...]:
    (item,) = [i for i in plan.items if (i.device, i.check.id) == (device, check)]
    return item.commands


def test_every_open_finding_of_a_hardening_check_is_in_exactly_one_item(plan: HardeningPlan) -> None:
    steps = {row.step.check for device in plan.devices for row in device.rows}
    wanted = {f.number for f in plan.inspection.findings if f.check_id in steps and f.waiver is None}
    dealt = [finding.number for item in plan.items for finding in item.findings]
    assert sorted(dealt) == sorted(wanted)
    assert {i.number for i in plan.items} == {f"G{n:03d}" for n in range(1, len(plan.items) + 1)}


def test_commands_name_the_devices_own_lines_and_the_customers_networks(plan: HardeningPlan) -> None:
    # The device has an ACL 2001 already.
    assert lines(plan, "demo-acc-w1", "MGT-008") == (
        "acl 2002",
        " rule permit source 192.0.2.0 0.0.0.255",
        "quit",
        "user-interface vty 0 4",
        " acl 2002 inbound",
        "quit",
        "user-interface vty 16 20",
        " acl 2002 inbound",
        "quit",
    )
    assert "logging server 192.0.2.200 6 use-vrf <VRF>" in lines(plan, "demo-srv-i1", "LOG-003")


OWN_OBJECTS = {
    ("demo-acc-h1", "NTP-001"): ("ping 192.0.2.251", "display ntp-service sessions"),
    ("demo-acc-h1", "NTP-002"): ("ntp-service enable", "ntp-service unicast-server <备用NTP服务器>"),
    ("demo-acc-w1", "MGT-013"): ("aaa", " local-user inspector privilege level 1", "quit"),
    ("demo-acc-w1", "DAT-003"): (
        "dhcp enable",
        "dhcp snooping enable",
        "interface XGigabitEthernet0/0/1",
        " dhcp snooping trusted",
        "quit",
        "interface XGigabitEthernet1/0/1",
        " dhcp snooping trusted",
        "quit",
        "vlan 10",
        " dhcp snooping enable",
        "quit",
    ),
    ("demo-acc-w2", "L2-001"): ("stp mode mstp", "stp enable"),
    # Only of directed broadcasts a fault was found, and on this interface alone.
    ("demo-core", "CTL-005"): (
        "（针对“定向广播”）",
        "interface Vlan-interface10",
        " undo ip forward-broadcast",
        "quit",
    ),
    ("demo-srv-i1", "L2-012"): (
        "interface port-channel10",
        " switchport trunk native vlan <缺省VLAN>",
        " switchport trunk allowed vlan remove 1",
        "exit",
    ),
}


@pytest.mark.parametrize(("device", "check"), OWN_OBJECTS)
def test_commands_name_the_devices_own_objects(plan: HardeningPlan, device: str, check: str) -> None:
    assert lines(plan, device, check) == OWN_OBJECTS[device, check]


def test_the_way_back_restores_what_the_device_had(plan: HardeningPlan) -> None:
    back = {(item.device, item.check.id): item.rollback for item in plan.items}
    assert back["demo-acc-w1", "MGT-013"][1] == " local-user inspector privilege level 3"
    assert back["demo-core", "MGT-006"] == (
        "snmp-agent sys-info version v2c v3",
        "snmp-agent community write simple <原团体字>",
    )
    assert back["demo-acc-h1", "NTP-003"][0] == "ntp-service unicast-server 192.0.2.251"
    assert back["demo-acc-w1", "MGT-008"][-1] == "undo acl 2002"


def test_a_way_back_that_nobody_looked_up_marks_its_item(plan: HardeningPlan) -> None:
    checked = {(item.device, item.check.id): item.checked for item in plan.items if item.commands}
    assert not checked["demo-acc-h1", "NTP-003"]
    assert not checked["demo-acc-w1", "MGT-008"]
    assert checked["demo-acc-h1", "NTP-002"]


def test_advice_is_no_command_and_every_item_is_complete(plan: HardeningPlan) -> None:
    for item in plan.items:
        where = f"{item.device} {item.check.id}"
        assert item.advice or item.commands, where
        assert item.rollback, where
        assert item.preconditions or item.step.precheck, where
        assert item.check.risk, where
        assert item.check.verification, where
        typed = [line for line in item.commands if not line.startswith("（")]
        assert [line for line in typed if not line.strip()[0].isascii()] == [], where
    (time,) = [i for i in plan.items if (i.device, i.check.id) == ("demo-acc-h1", "NTP-001")]
    assert time.advice[0] == "检查到时钟源的可达性、源地址与 VPN 实例"


def test_preconditions_come_first_or_are_said(plan: HardeningPlan) -> None:
    for device in plan.devices:
        place = {item.number: number for number, item in enumerate(device.items)}
        verdicts = {v.check_id: v.outcome for v in device.report.verdicts}
        for item in device.items:
            for each in item.preconditions:
                if each.state is PreconditionState.PLANNED:
                    assert place[each.item] < place[item.number]
                elif each.state is PreconditionState.MET:
                    assert verdicts[each.check_id] is Outcome.PASS
                else:
                    assert verdicts[each.check_id] is not Outcome.PASS


def test_what_was_not_assessed_is_no_item_and_not_fine(plan: HardeningPlan) -> None:
    (device,) = [d for d in plan.devices if d.report.device.name == "demo-acc-h2"]
    assert device.items == ()
    assert {row.verdict.outcome for row in device.rows} == {Outcome.NOT_ASSESSED}


def test_the_command_writes_both_documents(written: tuple[Ended, Path]) -> None:
    ended, folder = written
    assert ended.code == 3, "a device of the demo was not reached"
    assert {"hardening.pdf", "hardening.xlsx"} <= {path.name for path in folder.iterdir()}


def test_the_documents_say_what_the_plan_says(written: tuple[Ended, Path], plan: HardeningPlan) -> None:
    _, folder = written
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "hardening.pdf").pages)
    for part in (
        "网络安全加固信息汇总",
        "网络安全加固检查清单",
        "user-interface vty 16 20",
        "高危",
        "锁定风险",
        "待填参数",
        "<VRF>：管理流量所在的 VPN 实例，没有则删去该参数",
        "处置建议",
    ):
        assert part in text
    book = openpyxl.load_workbook(folder / "hardening.xlsx")
    rows = list(book["加固项"].values)
    assert [row[0] for row in rows[1:]] == [item.number for item in plan.items]
    assert len(list(book["检查清单"].values)) - 1 == sum(len(device.rows) for device in plan.devices)


def test_no_secret_is_in_the_plan(written: tuple[Ended, Path], demo_run: DemoRun) -> None:
    _, folder = written
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(folder / "hardening.pdf").pages)
    book = openpyxl.load_workbook(folder / "hardening.xlsx")
    text += "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    assert "XJCANARY" not in text
    assert demo_run.password not in text


def test_a_mistake_in_the_section_is_named(tmp_path: Path, demo_run: DemoRun) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("hardening:\n  management_networks: [192.0.2.1/24]\n", "utf-8")
    ended = command("harden", str(demo_run.folder), "--baseline", str(file))
    assert ended.code == 2
    assert "hardening.management_networks.0" in ended.err
    assert "192.0.2.1/24" in ended.err


def test_a_run_that_does_not_exist(tmp_path: Path) -> None:
    ended = command("harden", "nothing", "--data", str(tmp_path))
    assert ended.code == 2
    assert "no run folder" in ended.err
