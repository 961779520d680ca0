"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them, read by our own templates.

`tests/corpus.yaml` says which platform reads which samples; `corpus_exceptions.yaml` lists those
that may leave lines unread, each with the reason.
"""

from pathlib import Path

import pytest
import yaml

from collector.platform import platforms
from parsers.pasted import as_printed
from parsers.template import parse, template_path
from parsers.text import clean
from tests.corpus import CORPUS, sample_name, samples

EXCEPTIONS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "corpus_exceptions.yaml").read_text("utf-8")
)

if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)


def ours(platform_id: str, command: str) -> str | None:
    """The template for a command, unless it is one of ntc-templates'."""
    path = template_path(platforms()[platform_id], command)
    return path if path is not None and "ntc_templates" not in path else None


ALL = [(p, command, path) for p in platforms() for command, path in samples(p) if ours(p, command)]


@pytest.mark.parametrize(
    ("platform_id", "command", "path"), ALL, ids=[f"{p}-{f.parent.name}/{f.name}" for p, _, f in ALL]
)
def test_sample_is_read_without_unread_lines(platform_id: str, command: str, path: Path) -> None:
    template = ours(platform_id, command)
    assert template is not None
    lines = clean(as_printed(path.read_bytes(), command), command, platforms()[platform_id].prompt)
    parsed = parse(template, lines, command=command, capture="")
    unread = [f"{line.number}: {line.text}" for line in parsed.unread]
    name = sample_name(path)
    if name in EXCEPTIONS.get(platform_id, {}):
        assert unread, f"{name} reads cleanly now: take it off the list of exceptions"
    else:
        assert unread == []


@pytest.mark.parametrize("platform_id", sorted(EXCEPTIONS))
def test_every_exception_is_a_sample_that_is_read(platform_id: str) -> None:
    read = {sample_name(path) for p, _, path in ALL if p == platform_id}
    assert sorted(set(EXCEPTIONS[platform_id]) - read) == []
