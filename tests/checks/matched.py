"""A device, an advisory and the answer that must come of them, for the tests of matching."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from baselines.advisories.formats.own_form import WrittenAdvisory
from baselines.advisory import Advisory, Origin
from checks.exposure import Exposure, ExposureState
from checks.matching import AdvisoryIndex
from checks.target import target_of
from collector.platform import platforms
from parsers.config_tree import build_tree
from parsers.facts import Facts, Identity, Patch, Reason, Software
from tests.checks.case import SEEN

AFFECTED, MITIGATED = ExposureState.AFFECTED, ExposureState.MITIGATED
UNDETERMINED, SAFE = ExposureState.UNDETERMINED, ExposureState.NOT_AFFECTED

OSPF = {"detail": "启用了 OSPF", "pattern": r"ospf \d+.*"}
AUTH = {"text": "启用 OSPF 认证", "pattern": "ospf authentication-mode .*"}
CONFIG = ("sysname sw1", "ospf 1", " area 0.0.0.0", "interface Vlanif1", " ip address 192.0.2.1 24")


def advisory(**how: Any) -> Advisory:
    plain: dict[str, Any] = {
        "id": "XJ-1",
        "title": "标题",
        "vendor": "华为",
        "platforms": ("huawei_vrp8",),
        "models": ("CE6857-.*", "CE5881-.*"),
        "affected": ({"base_from": "V200R019C00", "base_before": "V200R020C00"},),
        "fixed_in": ("V200R020C00",),
        "remote": True,
        "severity": "高",
        "cvss": 7.5,
        "source": "某公告",
        "published": "2026-03-01",
        "updated": "2026-05-06",
    }
    return WrittenAdvisory.model_validate(plain | how, strict=False).meant(Origin("测试"))


def patch(name: str, *, effective: bool = True) -> Patch:
    return Patch(seen=SEEN, name=name, state="Running" if effective else "Deactive", effective=effective)


def patched(*patches: Patch) -> dict[str, Any]:
    return {"patches": patches}


def config(*lines: str) -> dict[str, Any]:
    tree = build_tree(lines, command="display current-configuration", capture="cd" * 32)
    return {"config": tree}


@dataclass(frozen=True, kw_only=True)
class Matched:
    name: str
    state: ExposureState
    because: str
    how: dict[str, Any] = field(default_factory=dict)
    version: str = "V200R019C10SPC800"
    facts: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None
    trigger_known: bool = True

    def __str__(self) -> str:
        return self.name


def facts_for(case: Matched) -> dict[str, Any]:
    return {
        "identity": Identity(seen=SEEN, hostname="sw1", model="CE6857-48S6CQ-EI"),
        "software": Software(seen=SEEN, os="VRP", version=case.version),
        **case.facts,
    }


def ask(facts: Facts, platform: str, advisories: Sequence[Advisory], number: str = "XJ-1") -> Exposure:
    target = target_of("sw1", platforms()[platform], facts)
    found = AdvisoryIndex(advisories).ask(target, number)
    assert found is not None
    return found
