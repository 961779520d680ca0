"""docs/accounts.md is what the commands of today need, and nothing that they do not need."""

import re

import pytest

from agent.accounts import PATH, Account, accounts, page
from collector.platform import platforms

PLATFORMS = sorted(platforms())


def test_the_page_is_current() -> None:
    assert PATH.read_text("utf-8") == page(), "run `.venv/bin/python -m agent.accounts`"


def section(platform: str) -> str:
    (found,) = [part for part in page().split("\n## ") if f"（`{platform}`）" in part.splitlines()[0]]
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_line_that_may_be_sent_is_listed_once(platform: str) -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", section(platform), re.MULTILINE)
    assert sorted(listed) == sorted(platforms()[platform].allowed)


@pytest.mark.parametrize("platform", ["h3c_comware7", "inspur_inos_cn"])
def test_a_role_permits_exactly_these_lines(platform: str) -> None:
    rules = re.findall(r"^ +rule (\d+) permit command (.+)$", section(platform), re.MULTILINE)
    assert [int(number) for number, _ in rules] == list(range(1, len(rules) + 1))
    assert {command for _, command in rules} == platforms()[platform].allowed
    assert len(rules) <= 256


@pytest.mark.parametrize(
    ("platform", "more"),
    [
        ("h3c_comware7", {"dir", "display exception context"}),
        ("huawei_vrp5", {"display current-configuration", "display saved-configuration", "dir"}),
        ("huawei_vrp8", {"display current-configuration", "display saved-configuration", "dir"}),
        ("inspur_inos_cn", set()),
    ],
)
def test_what_needs_more_than_the_read_only_role(platform: str, more: set[str]) -> None:
    assert accounts()[platform].needs_more.keys() == more
    denied = re.findall(r"^\| `([^`]+)` \| \S+ \| 否", section(platform), re.MULTILINE)
    assert set(denied) == more


@pytest.mark.parametrize("platform", ["huawei_vrp5", "huawei_vrp8", "h3c_comware5"])
def test_only_what_needs_it_is_lowered(platform: str) -> None:
    lowered = re.findall(r"^command-privilege level 1 view shell (.+)$", section(platform), re.MULTILINE)
    assert lowered == list(accounts()[platform].needs_more)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_nobody_has_looked_up_is_marked(platform: str) -> None:
    account, said = accounts()[platform], section(platform)
    assert ("配置（待核实）：" in said) is not account.checked
    assert ("是（待核实）" in said) is not account.known


@pytest.mark.parametrize(
    ("command", "profile"),
    [("display cpu-usage", "轻量"), ("display ssh server status", "常规"), ("display mac-address", "完整")],
)
def test_the_least_profile_of_a_command(command: str, profile: str) -> None:
    assert f"| `{command}` | {profile} |" in section("h3c_comware7")


def test_no_password_is_suggested() -> None:
    passwords = re.findall(r"password (?:simple|cipher|irreversible-cipher)? ?(\S+)", "\n".join(lines()))
    assert passwords
    assert set(passwords) == {"<密码>"}


def lines() -> list[str]:
    given: list[Account] = list(accounts().values())
    return [line for account in given for line in account.lines.splitlines() if " password " in f"{line} "]
