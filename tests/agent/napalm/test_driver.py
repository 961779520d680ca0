"""The driver over real SSH, against simulated switches."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import (
    ConnectAuthError,
    ConnectionClosedException,
    ConnectionException,
    NapalmException,
    UnsupportedVersion,
)

from agent.napalm.driver import XunjianDriver
from agent.napalm.errors import (
    CommandNotAllowedError,
    FactPartialError,
    FactUnknownError,
    OptionError,
)
from collector.platform import platforms
from collector.simulator.device import Account, SimulatedDevice, load_outputs
from collector.simulator.faults import CommandFaults, Faults
from collector.simulator.server import Simulator
from tests.agent.napalm.double import folder_of
from tests.collector.lab import PASSWORD, USER


def device(platform: str = "h3c_comware7", name: str = "sw-1", **what: Any) -> SimulatedDevice:
    known = platforms()[platform]
    given: dict[str, Any] = {
        "outputs": load_outputs(folder_of(platform), known),
        "accounts": (Account(username=USER, password=PASSWORD),),
    }
    return SimulatedDevice(name=name, platform=known, host="127.31.0.1", **{**given, **what})


@contextmanager
def driver_of(
    tmp_path: Path, switch: SimulatedDevice, password: str = PASSWORD, timeout: int = 5, **options: Any
) -> Iterator[XunjianDriver]:
    """The driver for a running switch, not yet opened."""
    with Simulator((switch,)) as simulator:
        host, port = simulator.address(switch.name)
        known_hosts = tmp_path / "known_hosts"
        known_hosts.write_text(simulator.known_hosts(), encoding="utf-8")
        optional_args = {"port": port, "known_hosts": str(known_hosts), "connect_s": 5, **options}
        driver = get_network_driver("xunjian_napalm")(host, USER, password, timeout, optional_args)
        assert type(driver) is XunjianDriver
        try:
            yield driver
        finally:
            driver.close()


HOSTNAMES = {
    "h3c_comware5": "acc-old-1",
    "h3c_comware7": "demo-core",
    "huawei_vrp5": "demo-acc-w1",
    "huawei_vrp8": "demo-agg-w1",
    "inspur_inos6": "demo-leaf-c1",
    "inspur_inos_cn": "demo-srv-i1",
}


@pytest.mark.parametrize("platform", HOSTNAMES)
def test_every_platform_is_recognised_and_read(tmp_path: Path, platform: str) -> None:
    with driver_of(tmp_path, device(platform, HOSTNAMES[platform])) as driver:
        assert driver.platform == "auto"
        assert driver.is_alive() == {"is_alive": False}
        with driver as opened:
            assert opened.platform == platform
            assert opened.is_alive() == {"is_alive": True}
            assert opened.get_facts()["hostname"] == HOSTNAMES[platform]
        assert driver.is_alive() == {"is_alive": False}


ASKED = {
    "get_arp_table": ["display arp"],
    "get_interfaces": ["display interface"],
    "get_vlans": ["display vlan brief"],
    "get_environment": [
        "display fan",
        "display power",
        "display environment",
        "display cpu-usage",
        "display memory",
    ],
    "get_users": ["display current-configuration"],
    "is_alive": [],
}


def test_a_getter_asks_only_what_its_facts_need(tmp_path: Path) -> None:
    switch = device()
    with driver_of(tmp_path, switch) as driver:
        driver.open()
        assert switch.lines == ["display version", "screen-length disable"]
        for getter, asked in ASKED.items():
            before = len(switch.lines)
            getattr(driver, getter)()
            assert switch.lines[before:] == asked, getter


def test_answers_to_commands_come_without_echo_prompt_and_secrets(tmp_path: Path) -> None:
    with driver_of(tmp_path, device()) as driver:
        driver.open()
        answers = driver.cli(["display clock", "display current-configuration"])
    assert list(answers) == ["display clock", "display current-configuration"]
    assert "display clock" not in answers["display clock"]
    assert "demo-core>" not in answers["display clock"]
    config = answers["display current-configuration"]
    assert "snmp-agent community write ******" in config
    assert "XJCANARY" not in config


FORBIDDEN = {
    "a change": ["system-view"],
    "a restart": ["reboot"],
    "a filter": ["display version | include x"],
    "another command after an allowed one": ["display version\nreboot"],
    "a short form": ["dis ver"],
    "one among allowed ones": ["display clock", "save force"],
    "of another platform": ["show version"],
}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_nothing_is_sent_of_commands_that_are_not_on_the_list(tmp_path: Path, case: str) -> None:
    switch = device()
    with driver_of(tmp_path, switch) as driver:
        driver.open()
        before = switch.record
        with pytest.raises(CommandNotAllowedError, match="h3c_comware7, nothing was sent"):
            driver.cli(FORBIDDEN[case])
        assert switch.record == before
        assert driver.is_alive() == {"is_alive": True}


def test_configurations_without_secrets_whatever_sanitized_says(tmp_path: Path) -> None:
    with driver_of(tmp_path, device()) as driver:
        driver.open()
        config = driver.get_config(sanitized=False)
        with pytest.raises(OptionError, match="'everything'"):
            driver.get_config(retrieve="everything")
        with pytest.raises(NotImplementedError):
            driver.get_config(full=True)
    assert config["running"].startswith("#\n version 7.1.070, Release 6616P05\n#\n sysname demo-core")
    assert config["candidate"] == ""
    assert "sysname demo-core" in config["startup"]
    assert "XJCANARY" not in config["running"] + config["startup"]


def test_an_unknown_host_key_is_refused_before_the_password(tmp_path: Path) -> None:
    switch = device()
    with driver_of(tmp_path, switch, known_hosts=str(tmp_path / "none")) as driver:
        with pytest.raises(ConnectionException, match="主机密钥未知"):
            driver.open()
        assert driver.is_alive() == {"is_alive": False}
    assert switch.logins == []


def test_a_new_host_key_is_accepted_and_recorded_where_that_is_asked_for(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    with driver_of(tmp_path, device(), known_hosts=str(fresh), trust_new_hosts=True) as driver:
        driver.open()
    assert fresh.read_text("utf-8").startswith("[127.31.0.1]:")


def test_a_wrong_password_is_tried_once_and_told_nowhere(tmp_path: Path) -> None:
    switch = device()
    with driver_of(tmp_path, switch, password="XJCANARY-wrong") as driver:
        with pytest.raises(ConnectAuthError) as error:
            driver.open()
        assert "XJCANARY" not in f"{error.value!r} {vars(driver)!r}"
    assert len(switch.logins) == 1


def test_another_platform_than_the_one_named_is_refused(tmp_path: Path) -> None:
    switch = device()
    with (
        driver_of(tmp_path, switch, platform="huawei_vrp8") as driver,
        pytest.raises(UnsupportedVersion, match="h3c_comware7"),
    ):
        driver.open()
    assert switch.lines == ["display version"]


WRONG_OPTIONS = {
    "one that is misspelt": ({"known_host": "x"}, "known_host: .* known are port, known_hosts"),
    "one of the wrong kind": ({"port": "ssh"}, "port: "),
    "a platform nobody knows": ({"platform": "ios"}, "'ios' is none of auto, h3c_comware5"),
}


@pytest.mark.parametrize("case", WRONG_OPTIONS)
def test_options_are_checked(case: str) -> None:
    options, said = WRONG_OPTIONS[case]
    with pytest.raises(OptionError, match=said):
        XunjianDriver("192.0.2.1", USER, PASSWORD, optional_args=options)


def test_lines_that_are_not_understood_are_an_error_unless_allowed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    outputs = load_outputs(folder_of("h3c_comware7"), platforms()["h3c_comware7"])
    outputs["display arp"] += "192.0.2.99 is somewhere else, password XJCANARY-NAPALM\n"
    switch = device(outputs=outputs)
    with driver_of(tmp_path, switch) as driver:
        driver.open()
        with pytest.raises(
            FactPartialError, match=r"understood \(1\), .*: display arp line \d+: '192\.0\.2\.99 is"
        ) as error:
            driver.get_arp_table()
        assert [line.command for line in error.value.unread] == ["display arp"]
    with driver_of(tmp_path, switch, allow_partial=True) as driver, caplog.at_level(logging.WARNING):
        driver.open()
        assert len(driver.get_arp_table()) == 8
    assert "192.0.2.99 is somewhere else" in caplog.text
    assert "XJCANARY" not in f"{caplog.text} {error.value} {error.value.unread}"


def test_what_the_account_may_not_ask_is_an_error_with_the_reason(tmp_path: Path) -> None:
    denied = Account(username=USER, password=PASSWORD, denied=frozenset({"display arp"}))
    with driver_of(tmp_path, device(accounts=(denied,))) as driver:
        driver.open()
        with pytest.raises(FactUnknownError, match="no_privilege: display arp") as error:
            driver.get_arp_table()
        assert error.value.reason == "no_privilege"
        with pytest.raises(NapalmException, match="display arp: no_privilege"):
            driver.cli(["display arp"])
        assert len(driver.get_interfaces()) == 20


def test_a_fact_that_is_not_known_ends_a_validation_with_its_reason(tmp_path: Path) -> None:
    with driver_of(
        tmp_path, device(faults=Faults(commands={"display arp": CommandFaults(refused=True)}))
    ) as driver:
        driver.open()
        with pytest.raises(FactUnknownError, match="refused: display arp"):
            driver.compliance_report(validation_source=[{"get_arp_table": {"list": []}}])


def test_a_session_that_is_cut_ends_in_an_error_and_stays_ended(tmp_path: Path) -> None:
    faults = Faults(commands={"display arp": CommandFaults(cut_after=1)})
    with driver_of(tmp_path, device(faults=faults)) as driver:
        driver.open()
        with pytest.raises(ConnectionClosedException, match="display arp"):
            driver.get_arp_table()
        assert driver.is_alive() == {"is_alive": False}
        with pytest.raises(ConnectionClosedException, match="open it again"):
            driver.get_interfaces()
        driver.open()
        assert len(driver.get_interfaces()) == 20


def test_getters_want_an_open_session() -> None:
    with pytest.raises(ConnectionClosedException, match="call open"):
        XunjianDriver("192.0.2.1", USER, PASSWORD).get_facts()


INVENTORY = """
credentials:
  ops: {{username: {user}}}
sites:
  - name: hq
    customer: 示例客户
    authorization:
      authorized_by: 王五
      method: 邮件
      reference: EXAMPLE-1
      valid_from: 2020-01-01T00:00:00+08:00
      valid_until: {until}
      devices: ["*"]
    devices:
      - {{name: sw-1, host: {host}, port: {port}, credential: ops}}
"""
PERMISSIONS = {
    "valid": ("2120-01-01T00:00:00+08:00", "127.31.0.1", ""),
    "over": ("2021-01-01T00:00:00+08:00", "127.31.0.1", "has ended"),
    "of another device": ("2120-01-01T00:00:00+08:00", "192.0.2.1", "has no device at 127.31.0.1"),
}


@pytest.mark.parametrize("case", PERMISSIONS)
def test_an_inventory_that_is_named_must_permit_it(tmp_path: Path, case: str) -> None:
    until, host, refused = PERMISSIONS[case]
    switch, inventory = device(), tmp_path / "inventory.yaml"
    with driver_of(tmp_path, switch, inventory=str(inventory)) as driver:
        text = INVENTORY.format(user=USER, until=until, host=host, port=driver._options.port)
        inventory.write_text(text, "utf-8")
        if not refused:
            driver.open()
            return
        with pytest.raises(NapalmException, match=refused):
            driver.open()
    assert switch.logins == []


SENSITIVE = """
    sensitive_periods:
      - {name: 重保, start: 2020-01-01T00:00:00+08:00, end: 2120-01-01T00:00:00+08:00}
"""


def test_a_sensitive_period_of_the_inventory_keeps_the_driver_out(tmp_path: Path) -> None:
    until, host, _ = PERMISSIONS["valid"]
    switch, inventory = device(), tmp_path / "inventory.yaml"
    with driver_of(tmp_path, switch, inventory=str(inventory)) as driver:
        text = INVENTORY.format(user=USER, until=until, host=host, port=driver._options.port)
        inventory.write_text(text.rstrip() + SENSITIVE, "utf-8")
        with pytest.raises(NapalmException, match="sensitive period 重保"):
            driver.open()
    assert switch.logins == []


def test_a_switch_of_the_2010s_is_opened_with_legacy_alone(tmp_path: Path) -> None:
    old = device(faults=Faults(legacy_ssh=True))
    with (
        driver_of(tmp_path, old) as driver,
        pytest.raises(ConnectionException, match="没有共同的 SSH 算法"),
    ):
        driver.open()
    with driver_of(tmp_path, old, legacy=True) as driver:
        driver.open()
        assert driver.is_alive() == {"is_alive": True}
