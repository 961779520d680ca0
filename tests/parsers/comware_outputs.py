"""Comware 7 fixtures as captures, and rows without the place they were read from."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import FACT_NAMES, Known, Location, Partial, Unknown
from parsers.reader import read_facts
from parsers.seen import Seen

PLATFORM = platforms()["h3c_comware7"]
FIXTURES = Path(__file__).parent / "fixtures" / "h3c_comware7"
ASKED = datetime(2026, 3, 2, 0, 5, 7, tzinfo=UTC)
RUNNING, SAVED = "display current-configuration", "display saved-configuration"


def snake(command: str) -> str:
    return command.replace("-", "_").replace(" ", "_")


def fixtures(command: str) -> Path:
    """Where fixtures of a command lie; numbers in it are parameters."""
    return FIXTURES / re.sub(r"_\d+(?=_|$)", "", snake(command))


def fixture(command: str, name: str) -> str:
    return (fixtures(command) / f"{name}.txt").read_text("utf-8")


def configured(*blocks: str) -> str:
    """A whole configuration that holds these blocks."""
    head = ("#\n version 7.1.070, Release 6616P01\n#\n sysname core-a\n#\nline vty 0 63\n",)
    return "#\n".join((*head, *blocks, "return\n"))


def capture(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    return Capture(
        device="core-a",
        command=command,
        status=status,
        raw=text.encode(),
        started_at=ASKED,
        elapsed_s=0.5,
        detail="" if status is CaptureStatus.OK else "said so",
    )


def read(fact: str, outputs: dict[str, str]) -> Known[Any] | Partial[Any] | Unknown:
    """One fact from outputs; a value that names a fixture of its command stands for that fixture."""
    assert fact in FACT_NAMES
    captures = [capture(c, fixture(c, text) if text.isidentifier() else text) for c, text in outputs.items()]
    found = getattr(read_facts(PLATFORM, captures), fact)
    assert isinstance(found, Known | Partial | Unknown)
    return found


def acl_rule(
    action: str, protocol: str = "ip", *ports: tuple[int, int], source: bool = True
) -> dict[str, Any]:
    """A rule of an access list that holds for every destination, as `plain` puts it."""
    said = {"action": action, "protocol": protocol, "any_source": source, "any_destination": True}
    return said | ({"destination_ports": [list(each) for each in ports]} if ports else {})


def plain(value: Any) -> Any:
    """Rows as mappings without evidence, without what is None or empty, or as it is by default."""
    if isinstance(value, Location):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs: Iterable[tuple[str, Any]] = (
            (f.name, getattr(value, f.name))
            for f in fields(value)
            if not isinstance(f.default, bool) or getattr(value, f.name) is not f.default
        )
        return {k: plain(v) for k, v in pairs if not isinstance(v, Seen) and v is not None and v != ()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value
