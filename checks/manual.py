"""`python -m checks.manual` writes docs/checks.md: every check, as catalogue and baseline have it."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from baselines.baseline import load_baseline
from checks.inspection import CheckText
from checks.registry import by_id
from checks.texts import check_texts
from checks.words import FACT_WORDS, SEVERITY_WORDS

PATH = Path(__file__).parent.parent / "docs" / "checks.md"

_MODES = {
    "state": "单次采样",
    "delta": "按时间窗统计",
    "compare": "与上次或保存值比较",
    "trend": "按历次趋势",
    "config": "按配置",
    "derived": "由其他数据推出",
    "manual": "人工填写",
}


def page() -> str:
    """The whole page in Markdown."""
    texts = list(check_texts().values())
    return "\n".join([*_opening(len(texts)), *_overview(texts), *_groups(texts)]) + "\n"


def _opening(count: int) -> Iterator[str]:
    yield "# 检查项目录"
    yield ""
    yield f"共 {count} 项。本页由 `python -m checks.manual` 生成，请勿手改：文字在 `checks/catalogue/`，"
    yield "参数在 `baselines/default.yaml`，判定在 `checks/`。编号永不改变，也不重复使用。"
    yield ""
    yield "四种结果分开计数：通过、不通过、不涉及、未检查。缺数据一律是未检查，写明原因；"
    yield "回显只读懂一部分的，可以不通过，但不会通过。"
    yield ""


def _overview(texts: list[CheckText]) -> Iterator[str]:
    yield "| 编号 | 类别 | 检查项 | 级别 | 方式 |"
    yield "|---|---|---|---|---|"
    for text in texts:
        cells = (text.id, text.group, text.title, SEVERITY_WORDS[text.severity], _MODES[text.mode])
        yield f"| {' | '.join(cells)} |"
    yield ""


def _groups(texts: list[CheckText]) -> Iterator[str]:
    baseline = load_baseline()
    for group, members in groupby(texts, key=lambda text: text.group):
        yield f"## {group}"
        yield ""
        for text in members:
            yield from _entry(text, baseline.params(text.id))


def _entry(text: CheckText, params: Mapping[str, Any]) -> Iterator[str]:
    check = by_id(text.id)
    yield f"### {text.id} {text.title}"
    yield ""
    yield text.meaning
    yield ""
    yield f"- 判定：{text.rule}"
    yield f"- 依据的数据：{_facts(check.needs)}" + (f"；有则参考：{_facts(check.also)}" if check.also else "")
    if params:
        yield f"- 参数：{'；'.join(f'`{name}` = {_shown(value)}' for name, value in params.items())}"
    yield f"- 缘由：{text.rationale}"
    yield f"- 处置风险：{text.risk}"
    yield f"- 是否中断业务：{text.interrupts}"
    yield f"- 验证：{text.verification}"
    if text.references:
        yield f"- 参考：{'；'.join(text.references)}"
    yield ""


def _facts(names: tuple[str, ...]) -> str:
    return "、".join(f"{FACT_WORDS[name]}（`{name}`）" for name in names)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "（空）"
    return "（未设）" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PATH.write_text(page(), "utf-8")
