"""What is compared: the kinds of things, by what they are known again, and which of their values count."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parsers.facts import Facts, Lag, Optic, OpticLane, Stack


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that a device has several of, or one."""

    name: str
    """As rules name it."""
    label: str
    fact: str
    key: Callable[[Any], str]
    """By what a thing is known again in the other inspection; unique on a device as a rule."""
    fields: Mapping[str, str]
    """Attribute of the row to its Chinese name."""
    rows: Callable[[Any], Iterable[Any]] = lambda value: value
    """The things in the value of the fact."""

    def things(self, facts: Facts) -> dict[str, dict[str, Any]]:
        """By key the compared values of each thing; those with one key are numbered in their order."""
        found: dict[str, dict[str, Any]] = {}
        for row in self.rows(getattr(facts, self.fact).value):
            key, number = self.key(row), 2
            name = key
            while name in found:
                name, number = f"{key} #{number}", number + 1
            found[name] = {field: _value(row, field) for field in self.fields}
        return found


def _value(row: Any, field: str) -> Any:
    return row.get(field) if isinstance(row, dict) else getattr(row, field)


def _joined(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part not in (None, ""))


def _one(value: Any) -> tuple[Any, ...]:
    return (value,)


def _lag_members(lags: Iterable[Lag]) -> Iterator[dict[str, Any]]:
    for lag in lags:
        for member in lag.members:
            yield {
                "key": f"{lag.name} {member.interface}",
                "selected": member.selected,
                "oper_up": member.oper_up,
            }


def _lanes(optics: Iterable[Optic]) -> Iterator[dict[str, Any]]:
    for optic in optics:
        yield from (_lane(optic, lane) for lane in optic.lanes)


def _lane(optic: Optic, lane: OpticLane) -> dict[str, Any]:
    return {
        "key": optic.interface if lane.lane is None else f"{optic.interface} lane {lane.lane}",
        "rx_power_dbm": lane.rx_power_dbm,
        "tx_power_dbm": lane.tx_power_dbm,
    }


def _stack_members(stack: Stack) -> Iterable[Any]:
    return stack.members


def _processors(rows: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {"key": row.unit, "used_pct": row.used_now_pct if row.used_5m_pct is None else row.used_5m_pct}


def _key(row: dict[str, Any]) -> str:
    return str(row["key"])


KINDS: tuple[Kind, ...] = (
    Kind("identity", "设备标识", "identity", lambda _: "", {"hostname": "主机名", "model": "型号"}, _one),
    Kind(
        "software",
        "软件版本",
        "software",
        lambda _: "",
        {"version": "版本", "platform_version": "平台版本"},
        _one,
    ),
    Kind(
        "patches",
        "补丁",
        "patches",
        lambda r: _joined(r.location, r.name),
        {"state": "状态", "effective": "是否生效"},
    ),
    Kind(
        "startup",
        "启动文件",
        "startup",
        lambda _: "",
        {
            "image_current": "当前镜像",
            "image_next": "下次启动镜像",
            "config_current": "当前配置",
            "config_next": "下次启动配置",
        },
        _one,
    ),
    Kind(
        "modules",
        "部件",
        "inventory",
        lambda r: _joined(r.kind, r.location) or r.serial,
        {"model": "型号", "serial": "序列号"},
    ),
    Kind(
        "boards",
        "板卡",
        "boards",
        lambda r: _joined(r.location, r.kind),
        {"model": "型号", "present": "是否在位", "state": "状态", "role": "角色"},
    ),
    Kind(
        "fans",
        "风扇",
        "fans",
        lambda r: _joined(r.location, r.name),
        {"present": "是否在位", "state": "状态"},
    ),
    Kind(
        "power_supplies",
        "电源",
        "power_supplies",
        lambda r: _joined(r.location, r.name),
        {"present": "是否在位", "state": "状态", "model": "型号"},
    ),
    Kind(
        "temperatures",
        "温度",
        "temperatures",
        lambda r: _joined(r.location, r.sensor),
        {"celsius": "温度（℃）"},
    ),
    Kind("cpu", "CPU", "cpu", _key, {"used_pct": "利用率（%）"}, _processors),
    Kind("memory", "内存", "memory", lambda r: r.unit, {"used_pct": "利用率（%）"}),
    Kind(
        "stack",
        "堆叠",
        "stack",
        lambda r: f"member {r.member}",
        {"role": "角色", "state": "状态"},
        _stack_members,
    ),
    Kind(
        "interfaces",
        "接口",
        "interfaces",
        lambda r: r.name,
        {
            "admin_up": "管理状态",
            "oper_up": "物理状态",
            "protocol_up": "协议状态",
            "speed_mbps": "速率（Mbps）",
            "duplex": "双工",
            "mtu_bytes": "MTU",
            "description": "描述",
        },
    ),
    Kind(
        "counters",
        "接口计数",
        "interfaces",
        lambda r: r.name,
        {
            "in_errors": "入错包",
            "out_errors": "出错包",
            "crc_errors": "CRC 错误",
            "in_drops": "入丢包",
            "out_drops": "出丢包",
        },
    ),
    Kind(
        "transceivers",
        "光模块",
        "optics",
        lambda r: r.interface,
        {"type": "类型", "vendor": "厂商", "serial": "序列号"},
    ),
    Kind(
        "optics",
        "光功率",
        "optics",
        _key,
        {"rx_power_dbm": "收光（dBm）", "tx_power_dbm": "发光（dBm）"},
        _lanes,
    ),
    Kind("lags", "链路聚合", "lags", lambda r: r.name, {"mode": "模式", "oper_up": "状态"}),
    Kind("lag_members", "聚合成员", "lags", _key, {"selected": "是否选中", "oper_up": "状态"}, _lag_members),
    Kind(
        "neighbors", "LLDP 邻居", "lldp", lambda r: f"{r.local_port} — {r.remote_system} {r.remote_port}", {}
    ),
    Kind("vlans", "VLAN", "vlans", lambda r: f"VLAN {r.vlan}", {"name": "名称", "ports": "端口"}),
    Kind("ospf", "OSPF 邻居", "ospf", lambda r: _joined(r.interface, r.router_id), {"state": "状态"}),
    Kind("isis", "IS-IS 邻居", "isis", lambda r: _joined(r.interface, r.system_id), {"state": "状态"}),
    Kind(
        "bgp",
        "BGP 邻居",
        "bgp",
        lambda r: _joined(r.vrf, r.address, r.family),
        {"remote_as": "对端 AS", "state": "状态", "prefixes_received": "收到前缀数"},
    ),
    Kind(
        "fhrp",
        "网关冗余",
        "fhrp",
        lambda r: f"{r.interface} group {r.group}",
        {"state": "状态", "vip": "虚地址"},
    ),
    Kind("tables", "表项数", "table_use", lambda r: r.table, {"used": "数量"}),
    Kind(
        "routes",
        "路由",
        "routes",
        lambda r: _joined(r.vrf, r.prefix, r.next_hop or r.interface),
        {"protocol": "协议"},
    ),
    Kind("licenses", "许可", "licenses", lambda r: r.feature, {"state": "状态", "expires_on": "到期日"}),
    Kind("alarms", "告警", "alarms", lambda r: r.name, {"severity": "级别"}),
)
