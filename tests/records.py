"""Records of inspections made up for tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from checks.exposure import ExposureState
from checks.metrics import Metric
from checks.record import DeviceRecord, FoundExposure, FoundProblem, InspectionRecord
from checks.verdict import Outcome, Severity
from collector.profile import ProfileName

BEGAN = datetime(2026, 1, 10, 2, 0, tzinfo=UTC)
MONTH = timedelta(days=30)


def fault(check: str = "HW-003", object_: str = "Fan 1", **what: Any) -> FoundProblem:
    given: dict[str, Any] = {
        "severity": Severity.MAJOR,
        "message": f"{object_} 坏了",
        "number": "P001",
        "accepted": False,
    }
    return FoundProblem(check_id=check, object=object_, **{**given, **what})


def device(name: str = "sw-1", *faults: FoundProblem, **what: Any) -> DeviceRecord:
    given: dict[str, Any] = {
        "reached": True,
        "reason": "",
        "serials": (f"DEMO-{name}",),
        "platform": "h3c_comware7",
        "model": "S5130S-28P-EI",
        "version": "Release 6328P03",
        "collected_at": None,
        "score": 90.5,
        "outcomes": {Outcome.PASS: 3, Outcome.FAIL: len(faults), Outcome.NOT_ASSESSED: 0},
        "ledger": {"parsed": 20, "partly": 1},
        "unsure": {},
        "exposures": (
            FoundExposure(advisory_id="ADV-1", state=ExposureState.AFFECTED, severity="高"),
            FoundExposure(advisory_id="ADV-2", state=ExposureState.UNDETERMINED, severity="低"),
        ),
        "metrics": (
            Metric(name="cpu_pct", object="Slot 1", value=12.5),
            Metric(name="rx_power_dbm", object="XGE1/0/1", value=-7.25, limit=-18.0),
        ),
    }
    return DeviceRecord(name=name, problems=faults, **{**given, **what})


def lost(name: str = "sw-1") -> DeviceRecord:
    nothing: Mapping[str, Any] = {"serials": (), "platform": "", "model": "", "version": "", "score": None}
    return device(name, reached=False, reason="unreachable", exposures=(), metrics=(), **nothing)


def inspection(month: float, *devices: DeviceRecord, **what: Any) -> InspectionRecord:
    names: Sequence[str] = [each.name for each in devices]
    at = BEGAN + month * MONTH
    given: dict[str, Any] = {
        "run_id": f"{at:%Y%m%dT%H%M%SZ}-hq-0000",
        "site": "hq",
        "customer": "示例客户",
        "kind": "例行",
        "profile": ProfileName.FULL,
        "started_at": at,
        "ended_at": at + timedelta(minutes=5),
        "complete": all(each.reached for each in devices),
        "interrupted": "",
        "score": 88.0,
        "grade": "良",
        "tool_version": "0.1.0",
        "checks": ("HW-001", "HW-003", "OPT-001"),
        "inventory": tuple(names),
    }
    return InspectionRecord(devices=devices, **{**given, **what})
