"""What is to be told, in the words for inside the house and in those for outside."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?:/\d{1,2})?")
_IPV6 = re.compile(
    r"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:/\d{1,3})?(?![0-9A-Za-z:])"
)
_MAC = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{4}[-.]){2}[0-9A-Fa-f]{4}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}[-:]){5}[0-9A-Fa-f]{2}(?![0-9A-Za-z])"
)
HIDDEN = "***"


class Line(BaseModel):
    """One line of a notice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    confidential: bool = False
    """Quotes a configuration or an output: told inside the house only."""


class Notice(BaseModel):
    """One thing to tell, once per channel."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[\w.-]+$")]
    """What it is about, e.g. run and kind: the same matter has the same id, and is told once."""
    title: str
    lines: tuple[Line, ...]
    attachments: tuple[str, ...] = ()
    """Files that mail may carry, inside the house only."""


def told(notice: Notice, *, internal: bool, again: bool) -> tuple[str, tuple[str, ...]]:
    """Give title and lines as a channel may have them.

    `internal`: the channel stays in the house; else addresses are hidden and quotes left out. `again`: it may
    have been sent before.
    """
    lines = [line for line in notice.lines if internal or not line.confidential]
    left_out = len(notice.lines) - len(lines)
    said = [line.text if internal else without_addresses(line.text) for line in lines]
    if left_out:
        said.append(f"（另有 {left_out} 行含配置或回显，不在此渠道发送）")
    if again:
        said.append("（重复通知：上一次发送未能确认送达）")
    title = notice.title if internal else without_addresses(notice.title)
    return " ".join(title.split()), tuple(said)


def without_addresses(text: str) -> str:
    """Hide IP and MAC addresses; times of the day such as 08:00:00 are none."""
    for pattern in (_IPV4, _MAC):
        text = pattern.sub(HIDDEN, text)
    return _IPV6.sub(lambda found: HIDDEN if _is_ipv6(found[0]) else found[0], text)


def _is_ipv6(text: str) -> bool:
    """Seven colons, a double colon, or a letter: what a time of the day never has."""
    address = text.partition("/")[0]
    return "::" in address or address.count(":") == 7
