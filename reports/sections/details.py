"""The tables of details in chapter four: what the devices themselves report, fact by fact."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import islice

from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from parsers.facts import (
    Clock,
    Cpu,
    Fan,
    Interface,
    Lag,
    LogEvent,
    Memory,
    Ntp,
    Optic,
    OpticLane,
    OspfNeighbor,
    Patch,
    PowerSupply,
    SavedState,
    Stack,
    Startup,
    Temperature,
)
from reports import style
from reports.charts import Margin, margins
from reports.known import Detail, detail_remarks, detail_table, left_out, value
from reports.labels import BOARD_ROLE, NONE, device_moment, moment, number, yes_no
from reports.log_digest import event_rows
from reports.section import Block, Chapter, note
from reports.tables import Cell

Rows = Iterable[Sequence[Cell]]
DRAWN = 12
"""How many lanes of optics the chart shows, those with the least margin."""
MOST_EVENTS = 10
"""How many kinds of log events are shown for each device."""


def detail_blocks(chapter: Chapter, inspection: Inspection) -> list[Block]:
    """All tables of details; log events and optical power last, on wide pages."""
    upright = [
        *chapter.heading("电源、风扇与温度"),
        *left_out(inspection),
        *_tables(inspection, POWER, FANS, TEMPERATURES),
        *chapter.heading("CPU 与内存"),
        *_tables(inspection, CPUS, MEMORIES),
        *chapter.heading("接口错误计数"),
        *_tables(inspection, INTERFACES),
        note("计数为自上次清零或启动以来的累计值，单次采样不能说明增长速度。"),
        *chapter.heading("聚合与堆叠"),
        *_tables(inspection, LAGS, STACKS),
        *chapter.heading("邻居"),
        note("LLDP 邻居与本端、对端端口见 1.6 的链路表。"),
        *detail_remarks(inspection, "lldp"),
        *_tables(inspection, OSPF),
        *chapter.heading("时间同步"),
        *_tables(inspection, NTP, _clocks(inspection.site.zone)),
        *chapter.heading("补丁、启动文件与配置保存"),
        *_tables(inspection, PATCHES, STARTUPS, SAVED),
    ]
    wide = [
        *chapter.heading("日志事件统计"),
        *_tables(inspection, _events(inspection)),
        note(
            "按各设备最近一条日志之前 30 天统计，登录、命令等日常记录不列；级别 0 最重；时间为设备自报；"
            "含义为本程序的解释，未收录的请查厂家日志手册。"
        ),
        *_optics_shown(chapter, inspection),
    ]
    return [Block(upright), Block(wide, wide=True)]


def _tables(inspection: Inspection, *details: Detail) -> list[Flowable]:
    return [part for detail in details for part in detail_table(inspection, detail)]


def _optics_shown(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    """Optical power with limits and margins, as a table and as a chart."""
    rows = [
        row
        for report in inspection.devices
        for optic in value(report, "optics") or ()
        for row in _margins(inspection, report, optic)
    ]
    return [
        *chapter.heading("光模块收发光功率"),
        note(
            "余量为收光功率到较近一侧告警门限的距离，负值表示已越限；门限为光模块自报。"
            "图中横线两端为收光低、高告警门限，圆点为当前收光功率，落在图外的画在边上；"
            "有相应问题的为其级别颜色。接口 down 的光模块通常收不到光。"
            f"{f'图中只画余量最小的 {DRAWN} 路，全部见表。' if len(rows) > DRAWN else ''}"
        ),
        *margins(
            sorted(rows, key=lambda row: min(row.value - row.low, row.high - row.value))[:DRAWN],
            style.WIDE_WIDTH,
        ),
        *detail_table(inspection, OPTICS),
    ]


def _margins(inspection: Inspection, report: DeviceReport, optic: Optic) -> Iterator[Margin]:
    device = report.device.name
    found = [
        f.severity for f in inspection.findings if f.device == device and optic.interface in f.object.split()
    ]
    fill = style.SEVERITY_FILL[found[0]] if found else style.ACCENT
    down = {i.name for i in value(report, "interfaces") or () if not i.oper_up}
    for lane in optic.lanes:
        low, high, power = lane.rx_low_alarm_dbm, lane.rx_high_alarm_dbm, lane.rx_power_dbm
        if low is not None and high is not None and power is not None:
            label = f"{device} {optic.interface}{_lane_name(lane)}" + (
                "（down）" if optic.interface in down else ""
            )
            yield Margin(label, power, low, high, fill, f"余量 {min(power - low, high - power):.2f} dB")


def _margin(lane: OpticLane) -> float | None:
    """Distance in dB to the nearer alarm limit; None without a power or without any limit."""
    power = lane.rx_power_dbm
    if power is None:
        return None
    low, high = lane.rx_low_alarm_dbm, lane.rx_high_alarm_dbm
    distances = [power - low] if low is not None else []
    distances += [high - power] if high is not None else []
    return min(distances, default=None)


def _power(_report: DeviceReport, rows: tuple[PowerSupply, ...]) -> Rows:
    return (
        (f"{r.location} {r.name}", yes_no(r.present), r.state, r.model, number(r.output_w, "W")) for r in rows
    )


def _fans(_report: DeviceReport, rows: tuple[Fan, ...]) -> Rows:
    return ((f"{r.location} {r.name}", yes_no(r.present), r.state, number(r.speed_pct, "%")) for r in rows)


def _temperatures(_report: DeviceReport, rows: tuple[Temperature, ...]) -> Rows:
    return (
        (
            f"{r.location} {r.sensor}",
            number(r.celsius, "℃"),
            number(r.warn_c, "℃"),
            number(r.alarm_c, "℃"),
            r.state,
        )
        for r in rows
    )


def _cpus(_report: DeviceReport, rows: tuple[Cpu, ...]) -> Rows:
    return ((r.unit, number(r.used_5m_pct, "%", 1), number(r.used_now_pct, "%", 1)) for r in rows)


def _memories(_report: DeviceReport, rows: tuple[Memory, ...]) -> Rows:
    mebibyte = 1024 * 1024
    return (
        (
            r.unit,
            number(r.used_pct, "%", 1),
            NONE if r.total_bytes is None else f"{r.total_bytes / mebibyte:.0f} MiB",
            r.state,
        )
        for r in rows
    )


def _interfaces(_report: DeviceReport, rows: tuple[Interface, ...]) -> Rows:
    for r in rows:
        counters = (r.in_errors, r.out_errors, r.crc_errors, r.in_drops, r.out_drops)
        if any(counters):
            yield (r.name, *(number(counter) for counter in counters))


def _optics(_report: DeviceReport, rows: tuple[Optic, ...]) -> Rows:
    for optic in rows:
        if not optic.lanes:
            yield (optic.interface, optic.type, *(NONE,) * 7, "无数字诊断")
        for lane in optic.lanes:
            yield _lane(optic, lane)


def _lane_name(lane: OpticLane) -> str:
    return "" if lane.lane is None else f" 通道 {lane.lane}"


def _lane(optic: Optic, lane: OpticLane) -> Sequence[Cell]:
    return (
        optic.interface + _lane_name(lane),
        optic.type,
        number(lane.rx_power_dbm, digits=2),
        number(lane.rx_low_alarm_dbm, digits=2),
        number(lane.rx_high_alarm_dbm, digits=2),
        number(_margin(lane), digits=2),
        number(lane.tx_power_dbm, digits=2),
        number(lane.bias_ma, digits=2),
        number(optic.temperature_c, digits=1),
        NONE if optic.alarms is None else "；".join(optic.alarms) or "无告警",
    )


def _lags(_report: DeviceReport, rows: tuple[Lag, ...]) -> Rows:
    for lag in rows:
        inside = [m.interface for m in lag.members if m.selected]
        outside = [m.interface for m in lag.members if not m.selected]
        mode = {"static": "静态", "lacp": "LACP"}[lag.mode]
        yield (lag.name, mode, yes_no(lag.oper_up), "、".join(inside), "、".join(outside))


def _stacks(_report: DeviceReport, stack: Stack) -> Rows:
    shape = {"ring": "环形", "chain": "链形", None: NONE}[stack.topology]
    return (
        (str(m.member), BOARD_ROLE[m.role], m.state, number(m.priority), m.software_version, shape)
        for m in stack.members
    )


def _ospf(_report: DeviceReport, rows: tuple[OspfNeighbor, ...]) -> Rows:
    return ((r.router_id, r.interface, r.state, r.role) for r in rows)


def _ntp(_report: DeviceReport, ntp: Ntp) -> Rows:
    sources = "、".join(s.address + ("（选中）" if s.selected else "") for s in ntp.sources)
    yield (yes_no(ntp.configured), yes_no(ntp.synchronized), number(ntp.stratum), sources)


def _clocks(zone: tzinfo) -> Detail:
    """The devices' times as they say them, beside ours in the site's zone."""

    def row(_report: DeviceReport, clock: Clock) -> Rows:
        lasted = NONE if clock.round_trip_s is None else f"{clock.round_trip_s:.2f} 秒"
        yield (device_moment(clock.device_time), moment(clock.asked_at, zone), lasted)

    return Detail("clock", ("设备时间（设备自报）", "采集时间", "往返时间"), (2.6, 2.6, 1.2), row)


def _events(inspection: Inspection) -> Detail:
    def rows(report: DeviceReport, _rows: tuple[LogEvent, ...]) -> Rows:
        for row in islice(event_rows(inspection, report), MOST_EVENTS):
            severity, mnemonic, _kind, meaning, count, first, last, interfaces, numbers = row
            when = first if first == last else f"{first} 至 {last}"
            yield (severity, mnemonic, meaning, count, when, interfaces, numbers)

    header = ("级别", "事件", "含义", "次数", "时间（首次至最近）", "接口", "相关问题")
    shares = (0.5, 2.6, 1.9, 0.5, 3.1, 2.2, 0.9)
    return Detail("log_events", header, shares, rows, wide=True, nothing="日志缓冲区为空，或只有日常记录")


def _patches(_report: DeviceReport, rows: tuple[Patch, ...]) -> Rows:
    return ((r.name, str(r.location) or NONE, r.state, yes_no(r.effective)) for r in rows)


def _startup(_report: DeviceReport, startup: Startup) -> Rows:
    for kind, now, following in (
        ("系统文件", startup.image_current, startup.image_next),
        ("配置文件", startup.config_current, startup.config_next),
    ):
        yield (kind, now, "同当前" if now and now == following else following)


def _saved(_report: DeviceReport, saved: SavedState) -> Rows:
    if not saved.differences:
        yield ("一致", NONE, yes_no(saved.uncommitted))
    for sign, line in saved.differences:
        side = {"+": "仅在运行配置", "-": "仅在保存配置"}[sign]
        yield (side, line, yes_no(saved.uncommitted))


POWER = Detail(
    "power_supplies", ("电源", "在位", "状态", "型号", "输出功率"), (3, 1, 1.6, 2, 1.2), _power, joined=True
)
FANS = Detail("fans", ("风扇", "在位", "状态", "转速"), (3, 1, 1.6, 1.2), _fans, joined=True)
TEMPERATURES = Detail(
    "temperatures",
    ("传感器", "温度", "预警门限", "告警门限", "状态"),
    (3, 1, 1.2, 1.2, 1.4),
    _temperatures,
    joined=True,
)
CPUS = Detail("cpu", ("单元", "五分钟平均", "当前"), (3, 1.4, 1.4), _cpus)
MEMORIES = Detail("memory", ("单元", "占用率", "总量", "状态"), (3, 1.4, 1.4, 1.4), _memories)
INTERFACES = Detail(
    "interfaces",
    ("接口", "入错误", "出错误", "CRC", "入丢弃", "出丢弃"),
    (2.4, 1, 1, 1, 1, 1),
    _interfaces,
    nothing="没有错误或丢弃计数不为零的接口",
)
OPTICS = Detail(
    "optics",
    ("接口", "类型", "收光 dBm", "低告警", "高告警", "余量 dB", "发光 dBm", "偏置 mA", "温度 ℃", "模块告警"),
    (2.6, 2.4, 1, 1, 1, 1, 1, 1, 1, 2),
    _optics,
    wide=True,
    joined=True,
    nothing="没有在位的光模块",
)
LAGS = Detail(
    "lags",
    ("聚合组", "模式", "启用", "选中成员", "未选中成员"),
    (2, 0.8, 0.8, 3, 3),
    _lags,
    nothing="没有配置聚合组",
)
STACKS = Detail(
    "stack",
    ("成员", "角色", "状态", "优先级", "版本", "拓扑"),
    (0.8, 0.8, 1.4, 1, 2, 1),
    _stacks,
    nothing="没有堆叠",
)
OSPF = Detail(
    "ospf", ("Router ID", "接口", "状态", "邻居角色"), (2, 2, 1.4, 1.2), _ospf, nothing="没有 OSPF 邻居"
)
NTP = Detail("ntp", ("已配置", "已同步", "层级", "时间源"), (1, 1, 1, 4), _ntp)
PATCHES = Detail(
    "patches",
    ("补丁", "位置", "状态", "已生效"),
    (3.6, 1.4, 1.6, 1),
    _patches,
    joined=True,
    nothing="没有补丁",
)
STARTUPS = Detail("startup", ("类别", "当前", "下次启动"), (0.8, 4.4, 3), _startup)
SAVED = Detail("saved_state", ("运行与保存的配置", "差异行", "有未提交的修改"), (1.6, 4.4, 1.4), _saved)
