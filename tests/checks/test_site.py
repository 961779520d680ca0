from typing import Any

import pytest
import yaml

from baselines.layers import lines_of
from baselines.site_form import FilledForm, SiteForm
from parsers.facts import FileSystem, Location, PowerSupply
from tests.checks.case import SEEN, Case

WHO = "filled_by: 演示工程师\nfilled_on: 2026-11-19\n"


def form(entries: str) -> FilledForm:
    text = f"site: demo\n{WHO}{entries}\n"
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node is not None
    filled = SiteForm.model_validate(yaml.safe_load(text))
    return FilledForm("form.yaml", filled, "cd" * 32, tuple(text.splitlines()), dict(lines_of(node, ())))


def room(entries: str, devices: str = "sw1") -> FilledForm:
    return form(f"rooms: [{{name: A, devices: [{devices}], {entries}}}]")


def device(entries: str) -> FilledForm:
    return form(f"devices: {{sw1: {{{entries}}}}}")


def case(check: str, name: str, filled: FilledForm | None, *gives: str, **more: Any) -> Case:
    return Case(check=check, name=name, form=filled, facts=more.pop("facts", {}), gives=gives, **more)


def feeds(name: str, filled: FilledForm | None, *gives: str, supplies: int = 2, **more: Any) -> Case:
    rows = tuple(
        PowerSupply(seen=SEEN, location=Location(), name=f"P{n}", present=True, state="Normal")
        for n in range(supplies)
    )
    return case("ENV-004", name, filled, *gives, facts={"power_supplies": rows}, **more)


STICK = FileSystem(
    seen=SEEN, location=Location(), name="usba0:", total_bytes=1, free_bytes=1, kind="removable"
)
BLANK = form("devices: {sw1: }")
NOBODY = "not_assessed not_filled"
BOTH = room("temperature_c: 22.5, humidity_pct: 45")
VERDICTS = {
    "ENV-003": "pass, major, not_applicable, not_filled",
    "ENV-004": "pass, major, not_applicable, not_filled",
    "ENV-005": "pass, minor, not_applicable, not_filled",
    "ENV-006": "pass, minor, not_applicable, not_filled",
    "ENV-007": "pass, minor, not_filled",
    "HW-016": "pass, minor, not_filled",
    "MGT-010": "pass, minor, not_applicable, not_filled",
    "CFG-002": "pass, major, not_filled, unparsed",
}

CASES = [
    case(
        "ENV-003",
        "in range",
        BOTH,
        "pass temperature_c",
        "pass humidity_pct",
        says=("演示工程师", "2026-11-19"),
    ),
    case(
        "ENV-003",
        "hot and damp",
        room("temperature_c: 27.1, humidity_pct: 81"),
        "fail major temperature_c",
        "fail major humidity_pct",
        says=("27.1 ℃", "81 %"),
    ),
    case(
        "ENV-003",
        "half filled in",
        room("temperature_c: 18.0"),
        "pass temperature_c",
        f"{NOBODY} humidity_pct",
    ),
    case("ENV-003", "no form", None, NOBODY),
    case("ENV-003", "in no room", BLANK, NOBODY),
    case(
        "ENV-003", "told once", room("temperature_c: 50.0", "sw2, sw1"), "not_applicable", peers={"sw2": {}}
    ),
    case(
        "ENV-003",
        "the first was not inspected",
        room("temperature_c: 50.0", "sw9, sw1"),
        "fail major temperature_c",
        f"{NOBODY} humidity_pct",
    ),
    feeds("two circuits", device("power_feeds: [A, B]"), "pass", says=("A、B",)),
    feeds("one circuit", device("power_feeds: [A, A]"), "fail major"),
    feeds("not all of them", device("power_feeds: [A]"), NOBODY),
    feeds("blank", BLANK, NOBODY),
    feeds("no form", None, NOBODY),
    feeds("one supply", None, "not_applicable", supplies=1),
    case("ENV-005", "good", room("ground_ohm: 5.0, cabling_ok: true"), "pass ground_ohm", "pass cabling_ok"),
    case(
        "ENV-005",
        "bad",
        room("ground_ohm: 5.1, cabling_ok: false, note: 照片 7"),
        "fail minor ground_ohm",
        "fail minor cabling_ok",
        says=("照片 7",),
    ),
    case("ENV-005", "blank", room("note: x"), f"{NOBODY} ground_ohm", f"{NOBODY} cabling_ok"),
    case("ENV-005", "told once", room("ground_ohm: 1.0", "sw2, sw1"), "not_applicable", peers={"sw2": {}}),
    case("ENV-006", "clean", room("dust_ok: true"), "pass dust_ok"),
    case("ENV-006", "dusty", room("dust_ok: false"), "fail minor dust_ok"),
    case("ENV-006", "told once", room("dust_ok: false", "sw2, sw1"), "not_applicable", peers={"sw2": {}}),
    case("ENV-006", "no form", None, NOBODY),
    case("ENV-007", "good", device("panel_ok: true"), "pass panel_ok"),
    case("ENV-007", "bad", device("panel_ok: false, note: 照片 9"), "fail minor panel_ok", says=("照片 9",)),
    case("ENV-007", "blank", BLANK, f"{NOBODY} panel_ok"),
    case("HW-016", "none", device("removable_media: false"), "pass"),
    case("HW-016", "one was seen", device("removable_media: true"), "fail minor"),
    case("HW-016", "the device lists one", BLANK, "fail minor usba0:", facts={"filesystems": (STICK,)}),
    case("HW-016", "nobody looked", None, NOBODY, facts={"filesystems": ()}),
    case("MGT-010", "by a bastion host", form("management_access: bastion"), "pass"),
    case("MGT-010", "two factors", form("management_access: two_factor"), "pass"),
    case("MGT-010", "neither", form("management_access: none"), "fail minor"),
    case(
        "MGT-010",
        "told once",
        form("management_access: none"),
        "not_applicable",
        peers={"a": {}},
        behind=True,
    ),
    case("MGT-010", "blank", BLANK, NOBODY),
    case("CFG-002", "a week old", device("backup_on: 2026-11-12"), "pass", says=("7 天",)),
    case("CFG-002", "older", device("backup_on: 2026-11-11"), "fail major", says=("8 天",)),
    case("CFG-002", "tomorrow", device("backup_on: 2026-11-20"), "not_assessed unparsed"),
    case("CFG-002", "blank", BLANK, NOBODY),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
