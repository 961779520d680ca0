"""Inspections made by hand, in which every kind of content occurs; all data is fictional."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from checks.inspection import (
    AdvisorySource,
    CheckText,
    CommandRecord,
    Conclusion,
    DeviceReport,
    Evidence,
    Finding,
    Inspection,
)
from checks.verdict import Outcome, Result, Severity, Verdict, failed, not_applicable, not_assessed, passed
from collector.inventory import Authorization, Contact, Device, Site
from parsers.facts import Facts, Known, LldpNeighbor, Partial, Reason, Unknown, UnreadLine
from parsers.ledger import ReadResult
from tests.reports.sample_exposures import exposures
from tests.reports.sample_facts import NOW, SEEN, rows

Role = Literal["core", "aggregation", "access"]
LONG_PORT = "HundredGigabitEthernet" + "12/0/48/" * 12 + "end"
RARE = "镕喆䶮㙦犇燊堃"
ODD = "℃ µ Ω ≥ ≤ ± ①⑩ 【】 “引号” ‘单’ …… — · × √ ■ ☐ ✗ 😀 𠮷 <b>&amp; \u200b\u202e\x07 end"
GROUPS = (
    "运行环境",
    "硬件状态",
    "系统资源",
    "软件版本与补丁",
    "接口",
    "光模块",
    "二层",
    "三层",
    "可靠性",
    "日志",
    "时钟",
    "管理安全",
    "配置管理",
)
SEVERITIES = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO)
PLATFORMS = (
    ("alpha_os7", "示例厂商甲", "Alpha OS 7"),
    ("beta_vr8", "示例厂商乙", "Beta VR 8"),
    ("gamma_n", "示例厂商丙", "Gamma N"),
)


STEPS = {
    "alpha_os7": "display demo\nsystem-view\n interface Ten-GigabitEthernet1/0/1\n  undo shutdown\n quit",
    "beta_vr8": "system-view\n interface 10GE1/0/1\n  undo shutdown\n commit",
}


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def texts(count: int = 30) -> dict[str, CheckText]:
    made = {}
    for i in range(count):
        group = GROUPS[i * len(GROUPS) // count]
        check_id = f"DEMO-{i + 1:03d}"
        made[check_id] = CheckText(
            id=check_id,
            group=group,
            title=f"{group}检查之{i + 1}",
            severity=SEVERITIES[i % 4],
            meaning=f"确认{group}处于正常状态，第 {i + 1} 项",
            rule="设备自报状态不为 Normal：重要；自报门限优先于默认门限；成员缺失：严重。数据缺失：未检查。",
            rationale="冗余失效后，下一次故障将直接中断业务；且现有告警会掩盖新的告警。",
            remediation=dict(STEPS) if i % 5 else {"action": "联系现场人员更换故障部件，并观察十分钟。"},
            remediation_checked={"alpha_os7": True, "beta_vr8": False},
            risk="更换电源时须确认另一路供电正常，避免整机断电。",
            rollback={
                "alpha_os7": " interface Ten-GigabitEthernet1/0/1\n  shutdown",
                "action": "恢复原部件。",
            },
            verification="再次采集并确认状态为 Normal，且日志中没有新的告警。",
            interrupts="不中断（冗余正常时）",
            references=("GB/T 22239-2019", "设备维护手册"),
        )
    return made


def evidence(device: str, command: str = "display power", lines: tuple[str, ...] = ()) -> Evidence:
    shown = lines or (
        " Slot 1:",
        " PowerID State    Mode   Current(A)  Voltage(V)  Power(W)",
        " 2       Fault    --     --          --          --",
    )
    return Evidence(
        command=command, first_line=3, lines=shown, collected_at=NOW, sha256=digest(device + command)
    )


def record(device: str, command: str, status: str, parsed: ReadResult, detail: str) -> CommandRecord:
    return CommandRecord(
        command=command,
        status=status,
        parsed=parsed,
        elapsed_s=0.4,
        size_bytes=1234,
        sha256=digest(device + command),
        file=f"captures/{device}/{command.replace(' ', '_')}.raw",
        detail=detail,
    )


def records(device: str) -> tuple[CommandRecord, ...]:
    return (
        record(device, "display version", "ok", ReadResult.PARSED, ""),
        record(device, "display power", "ok", ReadResult.PARSED, ""),
        record(
            device,
            "display current-configuration",
            "no_privilege",
            ReadResult.NO_PRIVILEGE,
            "Permission denied.",
        ),
        record(device, "display interface", "ok", ReadResult.PARTLY, ""),
        record(device, "display alarm", "ok", ReadResult.EMPTY, ""),
        record(device, "display logbuffer", "cut", ReadResult.CUT, "连接在 5 MB 处中断"),
    )


def site(**changes: object) -> Site:
    base = Site(
        name="demo-hq",
        customer="示例客户（演示数据）有限公司",
        industry="教育",
        service_level="钻石",
        contract="DEMO-CT-2026-01",
        order="DEMO-PG-0001",
        contacts=(Contact(name="张三", role="网络主管", phone="000-0000-0000", email="zhang@example.com"),),
        provider="示例服务商",
        engineer="李四",
        reviewer="王五",
        devices=(Device(name="d", host="192.0.2.1"),),
    )
    return base.model_copy(update=changes)


def permission() -> Authorization:
    return Authorization(
        authorized_by="张三",
        method="邮件",
        reference="DEMO-AUTH-001",
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=1),
        devices=("*",),
    )


def judged(device: str, checks: dict[str, CheckText], problems: dict[str, Result]) -> tuple[Verdict, ...]:
    def result(i: int, check_id: str) -> Result:
        if check_id in problems:
            return problems[check_id]
        if i % 11 == 7:
            return not_applicable("没有配置该特性")
        if i % 13 == 9:
            return not_assessed(Reason.NO_PRIVILEGE, "config：账号无权执行 display current-configuration")
        return passed("", "正常")

    return tuple(Verdict(check_id, device, (result(i, check_id),)) for i, check_id in enumerate(checks))


def device_report(
    index: int, checks: dict[str, CheckText], problems: dict[str, Result], name: str = ""
) -> DeviceReport:
    platform, vendor, label = PLATFORMS[index % 3]
    roles: tuple[Role, ...] = ("core", "aggregation", "access")
    name = name or f"demo-sw{index}"
    return DeviceReport(
        device=Device(
            name=name,
            host=f"192.0.2.{index}",
            role=roles[min(index // 2, 2)],
            location="示例机房 A-01" if index % 2 else "",
        ),
        platform=platform,
        vendor=vendor,
        platform_label=label,
        platform_evidence="模板依据厂商手册编写，未经真实设备验证。" if index % 3 == 2 else "",
        reached=True,
        reason=None,
        detail="",
        collected_at=NOW + timedelta(seconds=10 * index),
        facts=rows(name, hot=index == 1),
        verdicts=judged(name, checks, problems),
        exposures=exposures(name) if index in (1, 2) else (),
        commands=records(name),
        unread=(UnreadLine("display power", 9, "  ??? an unknown line"),) if index == 2 else (),
        score=max(0.0, 100.0 - 12.5 * len(problems)),
    )


def unreached(name: str, checks: dict[str, CheckText]) -> DeviceReport:
    why = not_assessed(Reason.UNREACHABLE, "连接 192.0.2.99:22 超时")
    return DeviceReport(
        device=Device(name=name, host="192.0.2.99", role="access"),
        platform=None,
        vendor="",
        platform_label="",
        platform_evidence="",
        reached=False,
        reason=Reason.UNREACHABLE,
        detail="连接 192.0.2.99:22 超时",
        collected_at=None,
        facts=Facts(),
        verdicts=tuple(Verdict(c, name, (why,)) for c in checks),
        exposures=(),
        commands=(),
        unread=(),
        score=None,
    )


def _wired(reports: list[DeviceReport]) -> list[DeviceReport]:
    """Wire 1-2 and 1-3 both ways, 2-3 one way, and 3 to a device outside the inventory."""
    heard = {
        "demo-sw1": (
            ("Ten-GigabitEthernet1/0/1", "DEMO-SW2", "Ten-GigabitEthernet1/0/1"),
            ("Ten-GigabitEthernet1/0/2", "demo-sw3", "XGE1/0/1"),
            ("Ten-GigabitEthernet1/0/7", "demo-dark", "GE1/0/1"),
        ),
        "demo-sw2": (
            ("Ten-GigabitEthernet1/0/1", "demo-sw1", "XGE1/0/1"),
            ("Ten-GigabitEthernet1/0/9", "demo-sw3", "XGE1/0/9"),
        ),
        "demo-sw3": (
            ("Ten-GigabitEthernet1/0/1", "DEMO-SW1", "XGE1/0/2"),
            ("Ten-GigabitEthernet1/0/5", "邻居-外部", "eth0"),
        ),
    }
    made = []
    for report in reports:
        found = tuple(
            LldpNeighbor(seen=SEEN, local_port=a, remote_system=b, remote_port=c)
            for a, b, c in heard.get(report.device.name, ())
        )
        made.append(
            replace(report, facts=replace(report.facts, lldp=Known(found))) if report.reached else report
        )
    return made


def findings_of(reports: list[DeviceReport]) -> tuple[Finding, ...]:
    found = [
        (SEVERITIES.index(result.severity), report.device.name, verdict.check_id, result)
        for report in reports
        for verdict in report.verdicts
        for result in verdict.results
        if result.outcome is Outcome.FAIL and result.severity is not None
    ]
    found.sort(key=lambda x: x[:3])
    return tuple(
        Finding(
            number=f"P{n:03d}",
            check_id=check_id,
            device=device,
            object=result.object,
            severity=SEVERITIES[rank],
            message=result.message,
            evidence=(evidence(device),),
        )
        for n, (rank, device, check_id, result) in enumerate(found, start=1)
    )


def inspection(reports: list[DeviceReport], checks: dict[str, CheckText], **changes: object) -> Inspection:
    findings = findings_of(reports)
    complete = all(r.reached for r in reports)
    base = Inspection(
        run_id="20260314T013000Z-demo-hq",
        kind="例行",
        site=site(),
        authorization=permission(),
        started_at=NOW,
        ended_at=NOW + timedelta(minutes=7, seconds=12),
        complete=complete,
        interrupted="",
        engineer="李四",
        devices=tuple(reports),
        findings=findings,
        texts=checks,
        conclusion=Conclusion(
            grade="中" if findings else "优",
            score=71.5 if findings else 100.0,
            sentences=(
                f"本次应检 {len(reports)} 台设备，发现 {len(findings)} 个问题。",
                "最要紧的是 demo-sw1 的电源故障，冗余已经失效。",
                "建议在 24 小时内更换电源，并对未检查的项目补查。",
            ),
            limits=("1 台设备未能巡检。", "15 个检查项没有得出结果。"),
            deadlines={s: f"{s.value} 的期限" for s in Severity},
            formula=(
                "100 分起扣：严重 20、重要 8、一般 3、提示 0。",
                "有未处置的严重问题时评级最高为「中」。",
            ),
        ),
        advisory_sources=(
            AdvisorySource(name="演示公告库", dated="2026-02-01", count=6, note="仅供演示，不是真实公告"),
        ),
        tool_version="0.1.0",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def full() -> Inspection:
    """Several devices, all severities, an unreachable one, one partly read, odd characters."""
    checks = texts()
    ids = list(checks)
    s1 = {
        ids[2]: failed("slot 1 Power 2", Severity.CRITICAL, "电源 Power 2 状态为 Fault，门限 Normal"),
        ids[14]: failed("Ten-GigabitEthernet1/0/1", Severity.MAJOR, "收光 -14.00 dBm，距低告警门限 0.40 dB"),
        ids[6]: failed("Slot 1 CPU 0", Severity.MINOR, "CPU 五分钟平均 91 %"),
        ids[20]: failed("", Severity.INFO, "运行时间不足七天"),
    }
    s2 = {
        ids[2]: failed("slot 1 Power 1", Severity.MAJOR, "电源输出异常"),
        ids[3]: failed(LONG_PORT, Severity.MINOR, ODD),
    }
    s3 = {ids[2]: failed("slot 1 Power 2", Severity.CRITICAL, f"{RARE}：电源故障")}
    reports = [device_report(i, checks, p) for i, p in enumerate((s1, s2, s3, {}, {}, {}), start=1)]
    partial = replace(
        reports[3],
        facts=replace(
            reports[3].facts,
            fans=Partial((), (UnreadLine("display fan", 4, "?"),)),
            optics=Unknown(Reason.NO_PRIVILEGE, "display transceiver"),
        ),
    )
    reports = _wired([*reports[:3], partial, *reports[4:], unreached("demo-dark", checks)])
    return inspection(reports, checks)


def spotless() -> Inspection:
    """No finding, everything known, one device."""
    checks = texts(6)
    report = replace(device_report(1, checks, {}), exposures=())
    return inspection([report], checks, advisory_sources=())


def nothing_reached() -> Inspection:
    """No device could be inspected: no grade, no score, no data at all."""
    checks = texts(6)
    blind = inspection([unreached("demo-dark", checks), unreached("demo-dark2", checks)], checks)
    return replace(
        blind, interrupted="运行到时间上限", conclusion=replace(blind.conclusion, grade=None, score=None)
    )


def crowded() -> Inspection:
    """Sixty findings on thirty devices."""
    checks = texts()
    ids = list(checks)
    reports = []
    for i in range(1, 31):
        problems = {
            ids[(i * 7 + k * 3) % 30]: failed(f"slot {k}", SEVERITIES[(i + k) % 4], f"第 {i} 台第 {k} 个问题")
            for k in (1, 2)
        }
        reports.append(device_report(i, checks, problems))
    return inspection(_wired(reports), checks)


def endless() -> Inspection:
    """Texts longer than a page wherever people or devices may put some."""
    checks = texts(3)
    ids = list(checks)
    story = "这是一段很长的说明，用来确认单元格可以跨页而不丢字。" * 120
    problem = failed(LONG_PORT * 4, Severity.CRITICAL, story)
    heard = LldpNeighbor(seen=SEEN, local_port=LONG_PORT, remote_system="邻居" * 40, remote_port=LONG_PORT)
    report = device_report(1, checks, {ids[0]: problem}, name="demo-" + "Wide" * 14)
    report = replace(report, facts=replace(report.facts, lldp=Known((heard,))))
    made = inspection([report], checks)
    lines = (*(f"line {n} of a long output " + "x" * (n % 300) for n in range(400)), "y" * 9000)
    found = tuple(replace(f, evidence=(evidence("demo-sw1", lines=lines),)) for f in made.findings)
    return replace(made, findings=found, site=site(customer="客户" * 60, name="s" * 64, contract="C" * 200))
