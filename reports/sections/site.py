"""Chapter one: the site, the inspection, the permission, and what was in scope."""

from collections import Counter
from collections.abc import Callable
from datetime import tzinfo

from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from checks.words import REASON_WORDS
from collector.capture import Source
from collector.profile import profiles
from reports import style
from reports.charts import Bar, bars
from reports.labels import MISSING, NONE, ROLE, SOURCE, UNRECOGNISED, duration, moment
from reports.prose import prose
from reports.section import Block, Chapter, note
from reports.tables import Cell, Tag, grid, pairs
from reports.topology import links, topology

TITLE = "局点基本信息"
_PROTOCOL = {"ssh": "SSH", "telnet": "Telnet（明文）"}


def blocks(inspection: Inspection) -> list[Block]:
    """Tables first, then what the site is made of and how it is wired."""
    chapter = Chapter(1, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("局点信息"),
                *_site(inspection),
                *chapter.heading("巡检信息"),
                *_run(inspection),
                *chapter.heading("授权信息"),
                *_authorization(inspection),
                *chapter.heading("巡检范围"),
                *_scope(inspection),
                *chapter.heading("机房环境"),
                *_room(),
            ]
        ),
        Block([*chapter.heading("实际拓扑（由 LLDP 推出）"), *_topology(inspection)], wide=True),
    ]


def _site(inspection: Inspection) -> list[Flowable]:
    site = inspection.site
    basics = pairs(
        [
            ("客户名称", site.customer),
            ("局点", site.name),
            ("行业", site.industry or MISSING),
            ("服务级别", site.service_level or MISSING),
            ("合同/服务号", site.contract or MISSING),
            ("服务方", site.provider or MISSING),
        ]
    )
    contacts = [(c.name, c.role or MISSING, c.phone or MISSING, c.email or MISSING) for c in site.contacts]
    if not contacts:
        contacts = [(MISSING, MISSING, MISSING, MISSING)]
    return [*basics, *grid(("客户联系人", "职务", "电话", "邮箱"), contacts, (2, 2, 2, 3))]


def _run(inspection: Inspection) -> list[Flowable]:
    lasted = (inspection.ended_at - inspection.started_at).total_seconds()
    zone = inspection.site.zone
    return pairs(
        [
            ("巡检编号", inspection.run_id),
            ("派工单号", inspection.site.order or MISSING),
            ("巡检类型", inspection.kind),
            ("采集档位", _profile(inspection)),
            ("巡检方式", _method(inspection)),
            ("开始时间", moment(inspection.started_at, zone)),
            ("结束时间", f"{moment(inspection.ended_at, zone)}（历时 {duration(lasted)}）"),
            ("工程师", inspection.engineer or MISSING),
            ("审核人", inspection.site.reviewer or MISSING),
            ("完整性", _completeness(inspection)),
            ("续采", _resumed(inspection)),
            ("登录途径", _ways(inspection)),
            ("登录会话", _sessions(inspection)),
            ("工具版本", f"xunjian {inspection.tool_version}"),
        ]
    )


def _profile(inspection: Inspection) -> str:
    if inspection.reached and all(report.source is not Source.SSH for report in inspection.reached):
        return "不适用：数据取自离线日志"
    how = profiles()[inspection.profile]
    return f"{how.label}：{how.scope}"


def _sessions(inspection: Inspection) -> str:
    """Say how many sessions were opened, and that every one of them was closed, or which was not."""
    opened, left = len(inspection.sessions), inspection.unclosed
    if not opened:
        return "没有会话记录"
    hops = sum(session.is_hop for session in inspection.sessions)
    counted = f"共打开 {opened} 个" + (f"（其中跳板机 {hops} 个）" if hops else "")
    if not left:
        return f"{counted}，已全部关闭"
    named = "、".join(dict.fromkeys(session.peer for session in left))
    return f"{counted}，{len(left)} 个没有关闭的记录：{named}（运行被终止时由系统断开）"


def _ways(inspection: Inspection) -> str:
    """Say how many devices were logged in to directly, and how many through which jump hosts."""
    reached = {(s.peer, s.protocol, s.via) for s in inspection.sessions if not s.is_hop}
    counted = Counter((protocol, via) for _, protocol, via in reached)
    told = (
        f"{_PROTOCOL[protocol]} {'经跳板机 ' + ' → '.join(via) if via else '直连'} {count} 台"
        for (protocol, via), count in sorted(counted.items())
    )
    return "；".join(told) or NONE


def _method(inspection: Inspection) -> str:
    # Which protocol it was, `_ways` tells.
    counted = Counter(SOURCE[report.source] for report in inspection.devices if report.reached)
    if len(counted) > 1:
        return "；".join(f"{method} {count} 台" for method, count in counted.items())
    method = next(iter(counted), SOURCE[Source.SSH])
    return method if method == SOURCE[Source.SSH] else f"{method}（未登录设备；开始与结束为导入的时间）"


def _completeness(inspection: Inspection) -> str:
    if inspection.complete:
        return "完整"
    return f"不完整：{inspection.interrupted or '有设备未能巡检或未能采全'}"


def _resumed(inspection: Inspection) -> str:
    """Say when and by whom the run was taken up again, and what with; each capture keeps its own time."""
    zone = inspection.site.zone
    told = [
        f"{moment(r.at, zone)} 由 {r.by} 续采 {len(r.devices)} 台（{r.interrupted or '此前未能采全'}；"
        f"授权 {r.authorization.reference}{f'；敏感时期内，理由：{r.override}' if r.override else ''}）"
        for r in inspection.resumptions
    ]
    return "；".join(told) or NONE


def _authorization(inspection: Inspection) -> list[Flowable]:
    permit = inspection.authorization
    everything = "*" in permit.devices
    zone = inspection.site.zone
    until = moment(permit.valid_until, zone) if permit.valid_until else "无期限"
    return pairs(
        [
            ("授权人", permit.authorized_by),
            ("授权方式", permit.method),
            ("授权编号", permit.reference),
            ("设备范围", "本局点全部设备" if everything else "、".join(permit.devices)),
            ("生效时间", moment(permit.valid_from, zone)),
            ("截止时间", until),
            ("敏感时期", _periods(inspection)),
            ("敏感时期例外", inspection.override or NONE),
        ]
    )


def _periods(inspection: Inspection) -> str:
    """Name the sensitive periods that the inspection fell into."""
    zone = inspection.site.zone
    met = [
        f"{p.name}（{moment(p.start, zone)} 至 {moment(p.end, zone)}）"
        for p in inspection.site.sensitive_periods
        if p.start <= inspection.ended_at and inspection.started_at < p.end
    ]
    return "；".join(met) or NONE


def _scope(inspection: Inspection) -> list[Flowable]:
    total, done = len(inspection.devices), len(inspection.reached)
    zone = inspection.site.zone
    rows: list[list[Cell]] = [
        [
            r.device.name,
            r.device.host,
            r.platform_label or UNRECOGNISED,
            ROLE[r.device.role],
            _reached(r),
            _why(r, zone),
        ]
        for r in inspection.devices
    ]
    return [
        prose(f"应检 {total} 台，实检 {done} 台，未检 {total - done} 台。", style.TEXT),
        *grid(
            ("设备", "管理地址", "平台", "角色", "巡检", "采集时间或未检原因"), rows, (2, 1.7, 2, 1, 0.9, 3)
        ),
        *_caveats(inspection),
        *_composition("按厂商", inspection, lambda r: r.vendor or UNRECOGNISED),
        *_composition("按角色", inspection, lambda r: ROLE[r.device.role]),
    ]


def _reached(report: DeviceReport) -> Tag:
    return Tag("已检", style.WHITE) if report.reached else Tag("未检", style.BLANK)


def _why(report: DeviceReport, zone: tzinfo) -> str:
    if report.source is not Source.SSH and report.reached:
        when = [moment(report.collected_at, zone)] if report.collected_at else []
        return "；".join((*when, report.detail or SOURCE[report.source]))
    if report.reason is None:
        return moment(report.collected_at, zone)
    return f"{REASON_WORDS[report.reason]}：{report.detail or NONE}"


def _caveats(inspection: Inspection) -> list[Flowable]:
    """What is less than certain about how a platform's outputs are read."""
    said = {r.platform_label: r.platform_evidence for r in inspection.devices if r.platform_evidence}
    return [note(f"平台说明（{label}）：{evidence}") for label, evidence in said.items()]


def _composition(title: str, inspection: Inspection, key: Callable[[DeviceReport], str]) -> list[Flowable]:
    counted = Counter(key(report) for report in inspection.devices)
    rows = [Bar(name, count, f"{count} 台", style.ACCENT) for name, count in counted.most_common()]
    heading = prose(f"{title}构成", style.SUBHEADING)
    return [heading, *bars(rows, max(counted.values()))]


def _room() -> list[Flowable]:
    items = ("温度", "湿度", "供电", "接地", "防尘", "其他")
    blank = prose("\n", style.CELL)
    return [
        note("以下各项设备不能自报，由现场人员填写；空白表示未填写，不表示正常。"),
        *grid(
            ("项目", "记录", "填写人", "日期"), [(i, blank, blank, blank) for i in items], (1, 4, 1.5, 1.5)
        ),
    ]


def _topology(inspection: Inspection) -> list[Flowable]:
    found = links(inspection)
    rows: list[list[Cell]] = [
        [x.a, x.a_port, x.b, x.b_port, "双端确认" if x.confirmed else Tag("单端，未确认", style.BLANK)]
        for x in found
    ]
    return [
        topology(inspection, found),
        note("实线：两端互相发现；虚线：只有一端发现，未确认。虚线框：未巡检的设备或清单之外的邻居。"),
        *grid(("设备", "端口", "对端设备", "对端端口", "确认"), rows, (2, 3, 2, 3, 1.4), wide=True),
    ]
