"""The form for what only somebody on site can see, made of the inventory."""

import json
from collections.abc import Iterator
from pathlib import Path

from agent.console import Console
from agent.exit_codes import ExitCode
from collector.errors import XunjianError
from collector.inventory import Site
from collector.inventory_file import load_inventory


class ManualFormError(XunjianError):
    """There is no such site, or a file would be overwritten."""


def write_form(inventory: Path, site_name: str, output: Path, console: Console) -> ExitCode:
    """Write an empty form for one site; raises XunjianError for an unknown site or a file that is there."""
    sites = load_inventory(inventory).sites
    site = next((each for each in sites if each.name == site_name), None)
    if site is None:
        raise ManualFormError(
            f"{inventory}: no site {site_name}; known are {', '.join(s.name for s in sites)}"
        )
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(form(site))
    except FileExistsError as error:
        raise ManualFormError(f"{output} is already there; it may have been filled in") from error
    console.say(f"{output}")
    return ExitCode.CLEAN


def form(site: Site) -> str:
    """The form as YAML with comments."""
    return "\n".join(_lines(site)) + "\n"


def _lines(site: Site) -> Iterator[str]:
    yield "# 现场检查表：由工程师在现场填写，随巡检一起判定（--manual）。"
    yield "# 没有看到的项目留空，报告中写作“未检查”；不要猜。是否类填 true 或 false，日期写作 2026-01-31。"
    yield f"site: {_quoted(site.name)}"
    yield "filled_by:             # 填写人；填了任何一项就必须写"
    yield "filled_on:             # 填写日期"
    yield "management_access:     # 登录方式：bastion 经堡垒机，two_factor 双因素，none 两者都没有"
    yield ""
    yield "rooms:                 # 每个机房一段；按清单中的 location 预填，可拆分或改名"
    for name, devices in _rooms(site).items():
        yield f"  - name: {_quoted(name)}"
        yield f"    devices: [{', '.join(map(_quoted, devices))}]"
        yield "    temperature_c:     # 机房温度，℃"
        yield "    humidity_pct:      # 相对湿度，%"
        yield "    ground_ohm:        # 接地电阻，Ω"
        yield "    cabling_ok:        # 线缆整齐、两端有标签、接地线牢固"
        yield "    dust_ok:           # 防尘网清洁、风道通畅、空槽有盲板"
        yield "    note:              # 不符合之处，照片编号"
    yield ""
    yield "devices:"
    for device in site.devices:
        yield f"  {_quoted(device.name)}:"
        yield "    power_feeds:       # 每块电源接入的配电回路，如 [A路, B路]"
        yield "    panel_ok:          # 指示灯与外观正常"
        yield "    removable_media:   # 接有 U 盘或存储卡：true；没有：false"
        yield "    backup_on:         # 最近一次外部配置备份成功的日期"
        yield "    note:              # 不符合之处，照片编号"


def _rooms(site: Site) -> dict[str, list[str]]:
    rooms: dict[str, list[str]] = {}
    for device in site.devices:
        rooms.setdefault(device.location or site.name, []).append(device.name)
    return rooms


def _quoted(text: str) -> str:
    """A JSON string is a YAML one, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
