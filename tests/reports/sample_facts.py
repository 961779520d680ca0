"""The facts of one fictional device, of every kind that a report prints."""

from datetime import UTC, datetime

from parsers.facts import (
    Board,
    Clock,
    Cpu,
    Facts,
    Fan,
    Identity,
    Interface,
    Known,
    Lag,
    LagMember,
    License,
    Location,
    LogEvent,
    Memory,
    Module,
    Ntp,
    NtpSource,
    Optic,
    OpticLane,
    OspfNeighbor,
    Patch,
    PowerSupply,
    SavedState,
    Software,
    Stack,
    StackMember,
    Startup,
    Temperature,
    Uptime,
)
from parsers.seen import Seen

NOW = datetime(2026, 3, 14, 1, 30, tzinfo=UTC)
SEEN = Seen("0" * 64, "display demo", (1,))


def rows(device: str, *, hot: bool) -> Facts:
    slot = Location(slot="1")
    return Facts(
        identity=Known(Identity(seen=SEEN, hostname=device.upper(), model="DM6520X-54QC-EI")),
        software=Known(
            Software(seen=SEEN, os="DemoOS", version="Release 6616P05", platform_version="7.1.070")
        ),
        uptime=Known(Uptime(seen=SEEN, uptime_s=86400 * 300 + 7200, reset_reason="Power on")),
        boards=Known(
            (
                Board(
                    seen=SEEN,
                    location=slot,
                    kind="fixed",
                    model="DM6520X-54QC-EI",
                    present=True,
                    state="Normal",
                    role="master",
                ),
            )
        ),
        inventory=Known(
            (
                Module(
                    seen=SEEN,
                    location=slot,
                    kind="chassis",
                    model="DM6520X-54QC-EI",
                    serial=f"DEMO0000{device.upper()}01",
                ),
                Module(
                    seen=SEEN,
                    location=slot,
                    kind="power",
                    model="PSR450",
                    serial=f"DEMO0000{device.upper()}02",
                    made_on="2021-05-06",
                ),
            )
        ),
        cpu=Known(
            (Cpu(seen=SEEN, unit="Slot 1 CPU 0", used_5m_pct=91.0 if hot else 12.0, used_now_pct=14.0),)
        ),
        memory=Known((Memory(seen=SEEN, unit="Slot 1", used_pct=55.4, total_bytes=2 << 30),)),
        temperatures=Known(
            (
                Temperature(
                    seen=SEEN,
                    location=slot,
                    sensor="hotspot 1",
                    celsius=71.0 if hot else 40.0,
                    warn_c=70.0,
                    alarm_c=80.0,
                    state="Normal",
                ),
                Temperature(seen=SEEN, location=slot, sensor="inflow 1", celsius=28.0),
            )
        ),
        fans=Known(
            (Fan(seen=SEEN, location=slot, name="Fan 1", present=True, state="Normal", speed_pct=45.0),)
        ),
        power_supplies=Known(
            (
                PowerSupply(
                    seen=SEEN,
                    location=slot,
                    name="Power 1",
                    present=True,
                    state="Normal",
                    model="PSR450",
                    output_w=120.0,
                ),
                PowerSupply(seen=SEEN, location=slot, name="Power 2", present=False, state="Absent"),
            )
        ),
        interfaces=Known(
            (
                Interface(
                    seen=SEEN,
                    name="Ten-GigabitEthernet1/0/1",
                    kind="ethernet",
                    admin_up=True,
                    oper_up=True,
                    crc_errors=123456,
                    in_errors=99,
                ),
                Interface(
                    seen=SEEN, name="Ten-GigabitEthernet1/0/2", kind="ethernet", admin_up=True, oper_up=False
                ),
                Interface(
                    seen=SEEN, name="Ten-GigabitEthernet1/0/3", kind="ethernet", admin_up=False, oper_up=False
                ),
            )
        ),
        optics=Known(
            (
                Optic(
                    seen=SEEN,
                    interface="Ten-GigabitEthernet1/0/1",
                    type="10GBASE-LR-SFP+",
                    temperature_c=38.5,
                    lanes=(
                        OpticLane(
                            lane=None,
                            rx_power_dbm=-14.0 if hot else -5.1,
                            tx_power_dbm=-2.3,
                            bias_ma=31.2,
                            rx_low_alarm_dbm=-14.4,
                            rx_high_alarm_dbm=0.5,
                        ),
                    ),
                    alarms=(),
                ),
                Optic(seen=SEEN, interface="Ten-GigabitEthernet1/0/2", type="10GBASE-CU"),
            )
        ),
        lldp=Known(()),
        lags=Known(
            (
                Lag(
                    seen=SEEN,
                    name="Bridge-Aggregation1",
                    mode="lacp",
                    oper_up=True,
                    members=(
                        LagMember(interface="Ten-GigabitEthernet1/0/1", selected=True),
                        LagMember(interface="Ten-GigabitEthernet1/0/2", selected=False),
                    ),
                ),
            )
        ),
        stack=Known(
            Stack(
                enabled=True,
                members=(StackMember(seen=SEEN, member=1, role="master", priority=32),),
                topology="chain",
            )
        ),
        ospf=Known(
            (OspfNeighbor(seen=SEEN, router_id="192.0.2.4", interface="Vlan-interface102", state="EXSTART"),)
        ),
        ntp=Known(
            Ntp(
                seen=SEEN,
                configured=True,
                synchronized=True,
                stratum=3,
                sources=(NtpSource(seen=SEEN, address="198.51.100.123", selected=True),),
            )
        ),
        clock=Known(Clock(seen=SEEN, device_time=NOW.replace(tzinfo=None), asked_at=NOW, round_trip_s=0.12)),
        log_events=Known(
            (
                LogEvent(
                    seen=SEEN,
                    time=datetime.fromisoformat("2026-03-13T02:00:00"),
                    severity=2,
                    mnemonic="DEV/FAN_FAILED",
                    text="Fan 2 failed.",
                ),
            )
        ),
        patches=Known((Patch(seen=SEEN, name="DEMO-SPH008.PAT", state="Running", effective=True),)),
        startup=Known(
            Startup(
                seen=SEEN,
                image_current="flash:/demo-system.bin",
                image_next="flash:/demo-system.bin",
                config_current="startup.cfg",
                config_next="startup.cfg",
            )
        ),
        licenses=Known(
            (License(seen=SEEN, feature="DEMO-FEATURE", state="In use", expires_on="2027-01-01"),)
        ),
        saved_state=Known(
            SavedState(
                seen=SEEN, differences=(("+", "interface Ten-GigabitEthernet1/0/9 / description 新增的上联"),)
            )
        ),
    )
