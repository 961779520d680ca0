"""A small INOS 6 switch, which the demo site does not have, inspected over real SSH."""

from pathlib import Path

from collector.capture import CaptureStatus
from collector.platform import platforms
from collector.simulator.device import Account, load_outputs
from parsers.facts import Known
from parsers.reader import read_facts
from tests.collector.lab import PASSWORD, USER, lab, switch

PLATFORM = platforms()["inspur_inos6"]
ALL_FACTS = tuple(PLATFORM.facts)
# The second is asked where the first is refused.
NOT_ASKED = {"show processes cpu history", "show vlan brief"}


def test_a_whole_switch_is_collected_and_read(tmp_path: Path) -> None:
    device = switch(
        "inspur_inos6",
        "demo-leaf-c1",
        outputs=load_outputs(Path("tests/switches/inspur_inos6"), PLATFORM),
        accounts=(Account(username=USER, password=PASSWORD),),
    )
    with lab(tmp_path, device) as where:
        folder = where.folder(where.plan(ALL_FACTS))
        (outcome,) = where.run(folder).outcomes
    assert (outcome.reached, outcome.platform) == (True, "inspur_inos6")
    stored, damage = folder.captures()
    assert damage == ()
    assert {entry.capture.command for entry in stored} == set(PLATFORM.commands()) - NOT_ASKED
    assert {entry.capture.status for entry in stored} == {CaptureStatus.OK}
    assert device.beyond_allowed() == ()
    facts = read_facts(PLATFORM, [entry.capture for entry in stored])
    assert [name for name in ALL_FACTS if not isinstance(getattr(facts, name), Known)] == []
