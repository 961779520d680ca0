"""Which platform a device is of: told by what it says, never by what somebody wrote down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from collector.allowlist import Guard
from collector.capture import Capture, CaptureStatus
from collector.errors import SessionTimedOutError, UnsupportedPlatformError
from collector.platform import Platform
from collector.session import Session

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Recognised:
    """A device whose platform is known, with the output that says so."""

    platform: Platform
    capture: Capture


def recognise(session: Session, known: Iterable[Platform], configured: str, limit_s: float) -> Recognised:
    """Log through to the prompt, ask the device who it is, and find its platform among `known`.

    Only the `identify` command of the platforms that have such a prompt is sent, with the pager
    still on. Raises UnsupportedPlatformError when no platform matches, several do, or the one that
    does is not the `configured` one (unless that is `auto`): nothing is ever read by wrong templates.
    """
    every = tuple(known)
    prompt = session.greet(platform.prompt for platform in every)
    candidates = tuple(platform for platform in every if platform.prompt.fullmatch(prompt))
    session.wire.guard = Guard.before_recognition(candidates)
    for command in dict.fromkeys(platform.identify for platform in candidates):
        capture = session.ask(command, limit_s)
        if capture.status is not CaptureStatus.OK:
            raise SessionTimedOutError(f"{command} 没有得到完整的回答：{capture.detail}")
        asked = [platform for platform in candidates if platform.identify == command]
        matching = _matching(_text(capture.raw), asked)
        if matching:
            return Recognised(_agreed(matching, configured), capture)
    raise UnsupportedPlatformError(_unknown(_text(capture.raw)))


def platform_of(raw: bytes, known: Iterable[Platform], configured: str) -> Platform:
    """Find the platform among `known` that the answer to `identify` names, when it was asked already.

    Raises UnsupportedPlatformError as `recognise` does.
    """
    text = _text(raw)
    matching = _matching(text, known)
    if not matching:
        raise UnsupportedPlatformError(_unknown(text))
    return _agreed(matching, configured)


def _matching(text: str, known: Iterable[Platform]) -> list[Platform]:
    return [platform for platform in known if all(pattern.search(text) for pattern in platform.recognise)]


def _agreed(matching: list[Platform], configured: str) -> Platform:
    if len(matching) > 1:
        raise UnsupportedPlatformError(f"设备同时符合多个平台：{'、'.join(p.id for p in matching)}")
    platform = matching[0]
    if configured not in ("auto", platform.id):
        raise UnsupportedPlatformError(
            f"清单中写的平台是 {configured}，设备自述为 {platform.id}（{platform.label}），未采集"
        )
    return platform


def _unknown(text: str) -> str:
    shown = " / ".join(line.strip() for line in text.splitlines()[1:] if line.strip())[:_SHOWN]
    name = next((name for name, pattern in _other_families() if pattern.search(text)), None)
    return f"{f'暂不支持的平台：{name}' if name else '无法识别的平台'}，设备自述：{shown}"


@cache
def _other_families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (files("collector") / "other_families.yaml").read_text("utf-8")
    return tuple((entry["name"], re.compile(entry["pattern"])) for entry in yaml.safe_load(text))


def _text(raw: bytes) -> str:
    """A version output as text with plain line ends; pagers and their traces become line ends too."""
    text = raw.decode("utf-8", "replace").replace("\0", "")
    text = re.sub(r"[ \t]*-{2,} ?[Mm]ore ?-{2,}(?:[\r\b \t]|\x1b\[[0-9;]*[A-Za-z])*", "\n", text)
    return re.sub(r"\r+\n?", "\n", text)
