"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them, read by our own templates.

`corpus_exceptions.yaml` lists the samples that may leave lines unread, each with the reason.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from collector.platform import platforms
from parsers.template import parse, template_path
from parsers.text import clean

CORPUS = os.environ.get("XUNJIAN_CORPUS")
FOLDERS = {
    "h3c_comware7": ["h3c_comware"],
    "huawei_vrp5": ["huawei_vrp"],
    "huawei_vrp8": ["huawei_vrp"],
    "inspur_inos_cn": ["inspur_inos", "cisco_nxos"],
}
EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "corpus_exceptions.yaml").read_text("utf-8")
)

if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)


def samples() -> Iterator[tuple[str, str, Path]]:
    """(platform, command, file) for every sample of a command that we have a template for."""
    for platform_id, folders in FOLDERS.items():
        for command in platforms()[platform_id].commands() if platform_id in platforms() else ():
            snake = command.replace("-", "_").replace(" ", "_")
            if (Path("parsers/templates") / platform_id / f"{snake}.textfsm").exists():
                for folder in folders:
                    for path in sorted(Path(str(CORPUS), folder, snake).glob("*.txt")):
                        yield platform_id, command, path


ALL = list(samples())


@pytest.mark.parametrize(
    ("platform_id", "command", "path"), ALL, ids=[f"{p}-{f.parent.name}/{f.name}" for p, _, f in ALL]
)
def test_sample_is_read_without_unread_lines(platform_id: str, command: str, path: Path) -> None:
    platform = platforms()[platform_id]
    template = template_path(platform, command)
    assert template is not None
    lines = clean(path.read_bytes(), command, platform.prompt)
    parsed = parse(template, lines, command=command, capture="")
    unread = [f"{line.number}: {line.text}" for line in parsed.unread]
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    if name in EXCEPTIONS.get(platform_id, {}):
        assert unread, f"{name} reads cleanly now: take it off the list of exceptions"
    else:
        assert unread == []
