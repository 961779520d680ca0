"""The configuration that a restart would bring back."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, passed
from parsers.facts import SavedState

SHOWN = 3
"""Differences named in a message; the evidence has more."""


@check("CFG-001", "saved_state")
def saved(context: Context) -> list[Result]:
    """Running and saved configuration agree, and nothing waits to be committed."""
    row: SavedState = value_of(context.facts.saved_state)
    results = [_differing(row, context.params["major_sections"])] if row.differences else []
    if row.uncommitted:
        said = "候选配置有未提交的修改：既未生效，也不会被保存"
        results.append(failed("candidate", Severity.MINOR, said, row.seen))
    return results or [passed("", "运行配置与已保存配置一致", row.seen)]


def _differing(row: SavedState, major_sections: Sequence[str]) -> Result:
    """Sign `+` is only in the running configuration and would be lost, `-` would come back."""
    matters = any(_in_sections(line, major_sections) for _, line in row.differences)
    severity = Severity.MAJOR if matters else Severity.MINOR
    shown = "；".join(f"{sign} {line}" for sign, line in row.differences[:SHOWN])
    more = " 等" if len(row.differences) > SHOWN else ""
    said = f"运行配置与已保存配置有 {len(row.differences)} 处差异（+ 未保存，- 仅在已保存中）：{shown}{more}"
    return failed("", severity, said, row.seen)


def _in_sections(line: str, sections: Sequence[str]) -> bool:
    """Whether the top-level block of a line, also a negated one, opens with one of these words."""
    block = line.split(" / ")[0].lower()
    words = block.removeprefix("undo ").removeprefix("no ")
    return any(words == section or words.startswith(f"{section} ") for section in sections)
