"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them, read by our own templates.

`tests/corpus.yaml` says which platform reads which samples; `corpus_exceptions.yaml` lists those
that may leave lines unread, each with the reason.
"""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from collector.platform import platforms
from parsers.pasted import as_printed
from parsers.template import parse, template_path
from parsers.text import clean
from tests.corpus import CORPUS, reads, sample_name, samples
from tests.coverage_doc import NOT_READ

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


CONFIGURATIONS = ("display current-configuration", "display saved-configuration", "show running-config")


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_what_a_platform_is_asked_has_a_template_where_an_output_is_at_hand(platform_id: str) -> None:
    """Configurations aside, which are read line by line."""
    platform = platforms()[platform_id]
    asked = set(platform.commands()) - set(CONFIGURATIONS)
    at_hand = {command for command, _ in samples(platform_id) if command in asked}
    assert [command for command in sorted(at_hand) if template_path(platform, command) is None] == []


@pytest.mark.parametrize("family", ["h3c_comware", "huawei_vrp", "cisco_nxos", "inspur_inos", "inspur_other"])
def test_no_command_is_said_to_be_of_no_use_that_a_platform_of_its_folder_is_asked(family: str) -> None:
    patterns = [p.split("/")[1] for ps in NOT_READ.values() for p in ps if p.startswith(f"{family}/")]
    asked = {
        command.replace("-", "_").replace(" ", "_")
        for platform_id, platform in platforms().items()
        if family in reads(platform_id)
        for command in platform.commands()
    }
    assert [
        snake for snake in sorted(asked) if any(fnmatchcase(snake, p) for p in patterns if p != "*")
    ] == []
