from typing import Any

import pytest

from parsers.facts import (
    BootInfo,
    Identity,
    Known,
    Location,
    Partial,
    Patch,
    Reason,
    Startup,
    StoredFile,
    Unknown,
)
from tests.checks.case import SEEN, SOURCE, UNREAD, Case

IMAGE, OLD, CFG = "flash:/new.bin", "flash:/old.bin", "flash:/startup.cfg"


def listed(*names: str) -> Known[tuple[StoredFile, ...]]:
    rows = tuple(StoredFile(seen=SEEN, name=name, size_bytes=2**20) for name in names)
    return Known(rows, (SOURCE,))


def start(**paths: str | None) -> Startup:
    given: dict[str, str | None] = dict.fromkeys(
        ("image_current", "image_next", "config_current", "config_next")
    )
    return Startup(seen=SEEN, **(given | paths))


def image(name: str, after: str | None, *gives: str, now: str | None = None, **more: Any) -> Case:
    files = more.pop("files", listed(IMAGE, CFG))
    facts = {"startup": start(image_current=now or after, image_next=after), "files": files}
    return Case(check="VER-009", name=name, facts=facts, gives=gives, **more)


def config(name: str, after: str | None, *gives: str, now: str | None = None, **more: Any) -> Case:
    files = more.pop("files", listed(IMAGE, CFG))
    facts = {"startup": start(config_current=now or after, config_next=after), "files": files}
    return Case(check="CFG-003", name=name, facts=facts, gives=gives, **more)


def loader(name: str, *versions: str | None, gives: tuple[str, ...], least: str | None = None) -> Case:
    rows = tuple(
        BootInfo(seen=SEEN, location=Location(slot=str(n)), bootrom=version)
        for n, version in enumerate(versions, start=1)
    )
    facts = {"boot": rows, "identity": Identity(seen=SEEN, hostname="sw1", model="DEMO-48")}
    params = {} if least is None else {"bootrom_min": {"DEMO-48": least}}
    return Case(check="VER-010", name=name, facts=facts, gives=gives, params=params)


def packages(name: str, *files: str, gives: str, **more: Any) -> Case:
    patch = Patch(seen=SEEN, name="fix.pat", state="Running", effective=True)
    facts = {
        "files": listed(*files),
        "startup": start(image_current=OLD, image_next=f"{IMAGE}, flash:/boot.bin"),
        "patches": (patch,),
    }
    return Case(check="VER-011", name=name, facts=facts, gives=(gives,), **more)


REFUSED = Unknown(Reason.NO_PRIVILEGE, sources=(SOURCE,))
PARTLY = Partial(listed(CFG).value, (UNREAD,), (SOURCE,))

VERDICTS = {
    "VER-009": "pass, critical, critical lacking, info, no_privilege, not_collected, unparsed",
    "VER-010": "pass, minor, info, not_applicable, no_baseline",
    "VER-011": "pass, minor",
    "CFG-003": "pass, major, major lacking, minor, no_privilege, not_collected, unparsed",
}

CASES = [
    image("there", IMAGE, f"pass {IMAGE}"),
    image("case does not matter", "flash:/NEW.bin", "pass flash:/NEW.bin"),
    image("not set", None, "fail critical", says=("没有设置",)),
    image("not there", "flash:/lost.bin", "fail critical flash:/lost.bin"),
    image("several", f"{IMAGE}, flash:/lost.bin", f"pass {IMAGE}", "fail critical flash:/lost.bin"),
    image("another one than now", IMAGE, f"pass {IMAGE}", "fail info change", now=OLD, says=(OLD,)),
    image("nobody may list files", IMAGE, f"not_assessed no_privilege {IMAGE}", files=REFUSED),
    image("on another member", "slot2#flash:/new.bin", "not_assessed not_collected slot2#flash:/new.bin"),
    image("in a folder", "flash:/a/new.bin", "not_assessed not_collected flash:/a/new.bin"),
    image("a listing read in part", IMAGE, f"not_assessed unparsed {IMAGE}", files=PARTLY),
    config("there", CFG, f"pass {CFG}"),
    config("has one name only", "startup-config", "pass", files=REFUSED),
    config("not set", None, "fail major"),
    config("not there", "flash:/lost.cfg", "fail major flash:/lost.cfg"),
    config("another one than now", CFG, f"pass {CFG}", "fail minor change", now="flash:/old.cfg"),
    config("nobody may list files", CFG, f"not_assessed no_privilege {CFG}", files=REFUSED),
    config("elsewhere", "cfa0:/startup.cfg", "not_assessed not_collected cfa0:/startup.cfg"),
    config("a listing read in part", "flash:/a.cfg", "not_assessed unparsed flash:/a.cfg", files=PARTLY),
    loader(
        "recent enough",
        "116",
        "117",
        gives=("fail info", "pass slot 1 bootrom", "pass slot 2 bootrom"),
        least="116",
    ),
    loader("too old", "116", gives=("fail minor slot 1 bootrom",), least="117"),
    loader("compared by number", "9.10", gives=("pass slot 1 bootrom",), least="9.9"),
    loader("nobody says which", "116", gives=("not_assessed no_baseline matrix",)),
    loader("none printed", None, gives=("not_applicable",)),
    packages("all in use", OLD, IMAGE, "flash:/boot.bin", "flash:/fix.pat", gives="pass", says=("0 个",)),
    packages("two left", "flash:/a.bin", "flash:/b.cc", "flash:/x.txt", gives="pass", says=("2 个", "a.bin")),
    packages("three left", "flash:/a.bin", "flash:/b.cc", "flash:/c.PAT", gives="fail minor", says=("1 MB",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()
