"""What is wrong in a file that people write, said in one line each: place, value, what was expected."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_EXPECTED = {
    "missing": "is missing",
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "date_type": "must be a date like 2026-06-30, without quotes",
    "string_type": "must be a text (in YAML on, off and numbers need quotes)",
    "string_too_short": "must not be empty",
    "tuple_type": "must be a list",
    "dict_type": "must be `key: value` lines",
    "model_type": "must be `key: value` lines",
    "too_short": "lacks entries that it must have",
    "finite_number": "must be a finite number",
}
_BOUNDS = {"ge": "at least", "gt": "greater than", "le": "at most", "lt": "less than"}
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
        value = "" if each["type"] == "missing" else f"value {_short(each['input'])}: "
        lines.append(f"{where or 'file'}: {value}{_expected(model, each)}")
    return lines


def _is_below(place: tuple[int | str, ...], other: tuple[int | str, ...]) -> bool:
    return len(place) > len(other) and place[: len(other)] == other


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _expected(model: type[BaseModel], error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"no such parameter; known are {', '.join(_known(model, error['loc'])) or 'none'}"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"must match {context['pattern']}"
    if kind == "value_error":
        return str(context["error"])
    bound = next(
        (f"must be {word} {context[name]}" for name, word in _BOUNDS.items() if name in context), None
    )
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
