"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them, and which platform reads which."""

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from collector.platform import Platform, platforms

CORPUS = os.environ.get("XUNJIAN_CORPUS")
_TEMPLATES = Path(__file__).parents[1] / "parsers" / "templates"
_SHARES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (Path(__file__).parent / "corpus.yaml").read_text("utf-8")
)


def samples(platform_id: str) -> Iterator[tuple[str, Path]]:
    """(command, file) for every sample of a command that this platform is asked or has a template for.

    By a template of another platform it reads what it alone printed.
    """
    asked = {c.replace("-", "_").replace(" ", "_"): c for c in platforms()[platform_id].commands()}
    ours = {*asked, *_templates(platform_id)}
    theirs = {name for other in platforms()[platform_id].templates_of for name in _templates(other)}
    for snake in dict.fromkeys((*asked, *sorted(ours | theirs))):
        command = asked.get(snake, snake.replace("_", " "))
        for path in sorted(Path(str(CORPUS)).glob(f"*/{snake}/*.txt")):
            if _reads(platform_id, path) and (snake in ours or _owns(platform_id, sample_name(path))):
                yield command, path


def _templates(platform_id: str) -> Iterator[str]:
    return (file.stem for file in (_TEMPLATES / platform_id).glob("*.textfsm"))


def command_of(platform: Platform, snake: str) -> str:
    """The command whose name in snake case this is; one that is never asked has blanks."""
    by_snake = {c.replace("-", "_").replace(" ", "_"): c for c in platform.commands()}
    return by_snake.get(snake, snake.replace("_", " "))


def sample_name(path: Path) -> str:
    """Path of a sample below the corpus folder."""
    return "/".join(path.parts[-3:])


def reads(platform_id: str) -> frozenset[str]:
    """Folders of which this platform reads anything."""
    share = _SHARES[platform_id]
    return frozenset((*share.get("folders", ()), *(p.split("/")[0] for p in share.get("only", ()))))


def _reads(platform_id: str, path: Path) -> bool:
    owners = {owner for owner in _SHARES if _owns(owner, sample_name(path))}
    return platform_id in owners or (not owners and path.parts[-3] in _SHARES[platform_id].get("folders", ()))


def _owns(platform_id: str, name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _SHARES[platform_id].get("only", ()))
