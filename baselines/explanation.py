"""What is wrong in a file that people write, said in Chinese: place, value, what was expected."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_EXPECTED = {
    "missing": "缺少这个参数",
    "float_type": "应为数字",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "date_type": "应为日期（形如 2026-06-30，不加引号）",
    "string_type": "应为文字（YAML 里的 on、off、数字要加引号）",
    "string_too_short": "不能为空",
    "tuple_type": "应为列表",
    "dict_type": "应为键和值",
    "model_type": "应为键和值",
    "too_short": "少了必须有的项",
    "finite_number": "应为有限的数",
}
_BOUNDS = {"ge": "不小于", "gt": "大于", "le": "不大于", "lt": "小于"}
_SHOWN = 60


def explained(place: str, model: type[BaseModel], error: ValidationError) -> list[str]:
    """One line for each thing that is wrong: place, value, what was expected."""
    errors = error.errors(include_url=False)
    places = [each["loc"] for each in errors]
    lines = []
    for each in errors:
        # A list with a wrong item is also told to be too short, since the item was left out of it.
        if each["type"] == "too_short" and any(_is_below(other, each["loc"]) for other in places):
            continue
        where = ".".join(str(part) for part in (place, *each["loc"]) if part != "")
        value = "" if each["type"] == "missing" else f"值 {_short(each['input'])}，"
        lines.append(f"{where or '文件'}：{value}{_expected(model, each)}")
    return lines


def _is_below(place: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _expected(model: type[BaseModel], error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"没有这个参数，可用的有 {'、'.join(_known(model, error['loc'])) or '（无）'}"
    if kind == "literal_error":
        return f"应为 {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"应符合 {context['pattern']}"
    if kind == "value_error":
        return str(context["error"])
    bound = next((f"应{word} {context[name]}" for name, word in _BOUNDS.items() if name in context), None)
    return bound or _EXPECTED.get(kind) or str(error["msg"])


def _known(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[str, ...]:
    """The parameters that there are where an unknown one was found."""
    for name in location[:-1]:
        field = model.model_fields.get(name) if isinstance(name, str) else None
        if field is not None:
            model = next(_models(field.annotation), model)
    return tuple(model.model_fields)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
