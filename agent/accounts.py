"""`python -m agent.accounts` writes docs/accounts.md: the least-privilege account for every platform."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from collector.platform import Platform, platforms
from collector.profile import ProfileName, profiles

PATH = Path(__file__).parent.parent / "docs" / "accounts.md"

_UNCHECKED = "（待核实）"


class Account(BaseModel):
    """How to make the account on one platform; `accounts.yaml` explains the entries."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    needs_more: dict[str, str]
    known: bool
    lines: str
    checked: bool
    notes: tuple[str, ...]


@cache
def accounts() -> Mapping[str, Account]:
    """Every recipe by platform id; raises ValueError where one and the platforms do not agree."""
    text = (files("agent") / "accounts.yaml").read_text("utf-8")
    found = TypeAdapter(dict[str, Account]).validate_python(yaml.safe_load(text))
    if found.keys() != platforms().keys():
        raise ValueError(f"accounts for {sorted(found)}, platforms {sorted(platforms())}")
    for id_, account in found.items():
        strange = account.needs_more.keys() - set(platforms()[id_].commands())
        if strange:
            raise ValueError(f"{id_}: never sent, so it needs no privilege: {', '.join(sorted(strange))}")
    return found


def page() -> str:
    """The whole page in Markdown."""
    known = platforms()
    sections = (line for id_, account in accounts().items() for line in _platform(known[id_], account))
    return "\n".join([*_opening(), *sections])


def _opening() -> Iterator[str]:
    yield "# 只读账号"
    yield ""
    yield "本页由 `python -m agent.accounts` 生成，请勿手改：账号做法在 `agent/accounts.yaml`，命令在"
    yield "`collector/platforms/`。`xunjian commands --platform ID` 随时列出同样的命令。"
    yield ""
    yield "为巡检建一个专用账号，只给下表的命令。程序只发送这些命令，一字不差；账号权限更小时，相应检查项为"
    yield "未检查（账号权限不足），不会误判。配置行均未在实机执行过；标有“待核实”的，连厂商文档也没有对照过，"
    yield "请先在一台设备上试。尖括号里的内容由您填写，不要把密码写进巡检清单。"
    yield ""
    yield "“档位”是 `--profile` 中发送该命令的最小一档：轻量、常规、完整。"
    yield ""


def _platform(platform: Platform, account: Account) -> Iterator[str]:
    yield f"## {platform.vendor} {platform.label}（`{platform.id}`）"
    yield ""
    yield f"账号：{account.role}。"
    yield ""
    yield f"配置{'' if account.checked else _UNCHECKED}："
    yield ""
    yield "```text"
    yield from _lines(platform, account)
    yield "```"
    yield ""
    if account.needs_more:
        yield f"需要更高权限的命令{'' if account.known else _UNCHECKED}："
        yield ""
        yield from (f"- `{command}`：{why}" for command, why in account.needs_more.items())
        yield ""
    yield from (f"- {note}" for note in account.notes)
    yield ""
    yield "| 命令 | 档位 | 只读角色 |"
    yield "|---|---|---|"
    yield from (f"| `{line}` | 轻量 | 是（只影响本次会话的分页） |" for line in platform.no_paging)
    sure = "" if account.known else _UNCHECKED
    for command in platform.commands():
        enough = "否" if command in account.needs_more else "是"
        yield f"| `{command}` | {_profile(platform, command)} | {enough}{sure} |"
    yield ""


def _lines(platform: Platform, account: Account) -> Iterator[str]:
    """Give the configuration, repeating the lines that are meant for several commands."""
    every = (*platform.no_paging, *platform.commands())
    for line in account.lines.splitlines():
        commands = every if "{each}" in line else account.needs_more if "{more}" in line else ("",)
        for number, command in enumerate(commands, 1):
            yield line.format(number=number, each=command, more=command)


def _profile(platform: Platform, command: str) -> str:
    """Name the least profile that sends a command."""
    sending = (
        profiles()[n] for n in ProfileName if command in profiles()[n].commands(platform, platform.facts)
    )
    return next(sending).label


if __name__ == "__main__":
    PATH.write_text(page(), "utf-8")
