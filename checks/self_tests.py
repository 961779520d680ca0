"""What the device's tests of its own hardware found."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import Result, Severity, failed, lacking, not_assessed, passed
from parsers.facts import Diagnostic, Reason

SHOWN = 8
"""Tests or ports named in a message; the evidence has all."""


@check("HW-009", "diagnostics")
def self_tests(context: Context) -> list[Result]:
    """Module by module: what failed, what did not run, and that the rest is well."""
    rows: tuple[Diagnostic, ...] = value_of(context.facts.diagnostics)
    modules: dict[str, list[Diagnostic]] = defaultdict(list)
    for row in rows:
        modules[str(row.location)].append(row)
    if not rows:
        said = "设备支持硬件诊断，但没有启用也没有运行过任何测试"
        return [lacking("", Severity.INFO, said, *context.facts.diagnostics.sources)]
    return [r for module, tests in modules.items() for r in _module(module, tests, context.params)]


def _module(module: str, rows: Sequence[Diagnostic], params: Mapping[str, Any]) -> Iterator[Result]:
    tests: dict[str, list[Diagnostic]] = defaultdict(list)
    for row in rows:
        tests[row.name].append(row)
    well: list[Diagnostic] = []
    idle: list[Diagnostic] = []
    for name, parts in tests.items():
        object_ = f"{module} {name}".strip()
        words = {_word(row, params) for row in parts}
        if "bad" in words:
            yield _broken(object_, [row for row in parts if _word(row, params) == "bad"])
        elif strange := [row for row in parts if _word(row, params) == "unlisted"]:
            yield unlisted(object_, strange[0].result, *(row.seen for row in strange))
        elif "warn" in words:
            idle += [row for row in parts if _word(row, params) == "warn"]
        elif wavering := [row for row in parts if row.failures]:
            said = f"诊断测试 {name} 最近一次通过，但 {_count(wavering[0])}{_why(wavering)}"
            yield failed(object_, Severity.INFO, said, *(row.seen for row in wavering))
        else:
            well += parts
    if idle:
        yield _idle(module, idle)
    passed_tests = {row.name for row in well if not row.summary}
    if passed_tests:
        said = f"{len(passed_tests)} 项诊断测试最近一次都通过"
        yield passed(module, said, *(row.seen for row in well))
    elif well and all(row.summary for row in rows):
        why = f"只有汇总状态（{well[0].result}），没有取得各项测试的结果"
        yield not_assessed(Reason.UNSUPPORTED, why, module, *(row.seen for row in well))


def _word(row: Diagnostic, params: Mapping[str, Any]) -> str:
    """What never ran has no result, whatever the device writes there."""
    return "warn" if row.runs == 0 else standing(row.result, params)


def _broken(object_: str, rows: Sequence[Diagnostic]) -> Result:
    words = "、".join(dict.fromkeys(row.result for row in rows))
    ports = [str(port) for row in rows for port in row.ports]
    where = f"端口 {_list(ports)} " if ports else ""
    counted = f"，{_count(rows[0])}" if rows[0].failures else ""
    said = f"诊断测试 {rows[0].name} {where}未通过（{words}）{counted}{_why(rows)}"
    return failed(object_, Severity.MAJOR, said, *(row.seen for row in rows))


def _count(row: Diagnostic) -> str:
    return f"{row.runs} 次中失败过 {row.failures} 次" if row.runs else f"失败过 {row.failures} 次"


def _why(rows: Sequence[Diagnostic]) -> str:
    reasons = [row.reason for row in rows if row.reason]
    return f"，原因：{reasons[0]}" if reasons else ""


def _idle(module: str, rows: Sequence[Diagnostic]) -> Result:
    names = list(dict.fromkeys(row.name for row in rows))
    said = f"{len(names)} 项诊断测试没有运行或没有做完：{_list(names)}"
    return failed(f"{module} untested".strip(), Severity.INFO, said, *(row.seen for row in rows))


def _list(names: Sequence[str]) -> str:
    return "、".join(names[:SHOWN]) + (f" 等 {len(names)} 个" if len(names) > SHOWN else "")
