"""Makers and products by the names that advisories use, and which device they mean (`products.yaml`)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from baselines.advisory import Product


class Relation(StrEnum):
    """How sure it is that a device is the product of an advisory; the surest first."""

    MODEL = "model"
    """The advisory names the model."""
    SERIES = "series"
    """It names the series, of which the device's model is one."""
    POSSIBLE = "possible"
    """It names a whole line, a part number or another maker's software: nobody has said which models."""
    OTHER = "other"


def _expression(text: str) -> str:
    re.compile(text)
    return text


Expression = Annotated[str, AfterValidator(_expression)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Series(_Strict):
    """One series."""

    name: str
    also: tuple[str, ...] = ()
    models: Expression
    """For the whole of a model."""


class Variant(_Strict):
    """A form of names, as `S5300EI`, and what it stands for."""

    names: Expression
    models: str
    """An expression in which `\\1` is what the name has there."""


class Maker(_Strict):
    """One maker."""

    label: str
    words: tuple[str, ...]
    scheme: str = ""
    schemes: Mapping[str, str] = Field(default_factory=dict)
    """By platform, where they differ."""
    platforms: tuple[str, ...]
    hints: tuple[str, ...] = ()
    hint: str = ""
    drop: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    variants: tuple[Variant, ...] = ()
    whole: Expression = ""


@cache
def makers() -> Mapping[str, Maker]:
    """Give all makers by key; raises pydantic's ValidationError for a file of ours that is wrong."""
    text = (files("baselines") / "advisories" / "products.yaml").read_text("utf-8")
    return {key: Maker.model_validate(row) for key, row in yaml.safe_load(text).items()}


@cache
def maker_key(text: str) -> str:
    """Give the key of a maker however it is spelt, else the text in small letters."""
    plain = " ".join(text.replace("_", " ").lower().split())
    for key, maker in makers().items():
        if plain == key or plain == maker.label or plain in maker.words:
            return key
    return plain


def label(key: str) -> str:
    """Name a maker as reports print it."""
    maker = makers().get(key)
    return maker.label if maker else key


@cache
def schemes(key: str, name: str = "") -> tuple[str, ...]:
    """How versions of a maker's product may be read; none where nobody knows.

    Of a maker whose advisories are only hints, that is known of the software which the hints are about.
    """
    maker = makers().get(key)
    if maker is None:
        return ()
    if maker.hints and not re.fullmatch(maker.whole, name_key(key, name)):
        return ()
    return (maker.scheme,) if maker.scheme else tuple(dict.fromkeys(maker.schemes.values()))


@cache
def maker_in(text: str) -> str:
    """Find the maker that a text begins with or names; empty where it names none of ours."""
    lowered = text.lower()
    found = [
        (at, -len(word), key)
        for key, maker in makers().items()
        for word in maker.words
        if (at := _word_at(lowered, word)) >= 0
    ]
    return min(found)[2] if found else ""


def _word_at(text: str, word: str) -> int:
    """Where a word stands; letters of its own script must not go on before or after it."""
    ascii_word = word.isascii()
    pattern = rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if ascii_word else re.escape(word)
    match = re.search(pattern, text)
    return match.start() if match else -1


@cache
def short_name(maker: str, name: str) -> str:
    """Drop from a product's name what tells no product: the maker, `firmware`, `switches`."""
    about = makers().get(maker)
    text = " ".join(name.replace("\\", "").split())
    if about is None:
        return text
    text = re.sub(r"\s*\b(firmware|software)$", "", text.replace("_", " "), flags=re.IGNORECASE)
    return _without((*about.words, *about.drop), text)


def name_key(maker: str, name: str) -> str:
    """Reduce a product's name to what is compared: one key for one series, however it is spelt."""
    return _named(maker, name)[0]


def is_series(maker: str, name: str) -> bool:
    """Whether a name is that of a series that we know."""
    return _named(maker, name)[1] is not None


def shown_name(maker: str, name: str) -> str:
    """Spell a product as its maker does, where it is a series that we know."""
    series = _named(maker, name)[1]
    if series:
        return series.name
    about = makers().get(maker)
    words = about.words if about else ()
    text = re.sub(r"[\s_]*\bfirmware$", "", " ".join(name.replace("\\", "").split()), flags=re.IGNORECASE)
    return _without(words, text) or name.strip()


def _without(words: Iterable[str], text: str) -> str:
    """Take words out of a text, the longer ones first; ASCII ones only where they stand alone."""
    for word in sorted(words, key=len, reverse=True):
        if word.isascii():
            text = re.sub(
                rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", " ", text, flags=re.IGNORECASE
            )
        else:
            text = text.replace(word, " ")
    return " ".join(text.split())


@cache
def _named(maker: str, name: str) -> tuple[str, Series | None]:
    key = _key(short_name(maker, name))
    for series in makers()[maker].series if maker in makers() else ():
        if key in (_key(series.name), *map(_key, series.also)):
            return _key(series.name), series
    return key, None


def _key(text: str) -> str:
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", text.lower())


def product_platforms(product: Product) -> frozenset[str]:
    """Platforms whose devices a product may be: what the source says, else all of its maker."""
    if product.platforms:
        return frozenset(product.platforms)
    maker = makers().get(product.vendor)
    return frozenset((*maker.platforms, *maker.hints)) if maker else frozenset()


def hint_of(product: Product, platform: str) -> str:
    """Say in Chinese why an advisory is only a hint for a platform; empty where it is meant for it."""
    maker = makers().get(product.vendor)
    return maker.hint if maker and not product.platforms and platform in maker.hints else ""


def relation(product: Product, platform: str, model: str) -> Relation:
    """Tell whether a device of this platform and model is the product."""
    if platform not in product_platforms(product):
        return Relation.OTHER
    if product.models:
        fits = any(re.fullmatch(pattern, model) for pattern in product.models)
        return Relation.MODEL if fits else Relation.OTHER
    names = product.on or (product.name,)
    found = {_relation(product.vendor, name, model) for name in names}
    return next(each for each in Relation if each in found)


@cache
def _relation(maker: str, name: str, model: str) -> Relation:
    key, series = _named(maker, name)
    about = makers()[maker]
    if (key and key == _key(model)) or _begins(short_name(maker, name), model):
        return Relation.MODEL
    patterns = [series.models] if series else list(_variants(about, key))
    if patterns:
        fits = any(re.fullmatch(pattern, model, re.IGNORECASE) for pattern in patterns)
        return Relation.SERIES if fits else Relation.OTHER
    if not key or (about.whole and re.fullmatch(about.whole, key)):
        return Relation.POSSIBLE
    return Relation.OTHER


def _begins(name: str, model: str) -> bool:
    """Whether a model is the named one with what comes after a hyphen: `S5735` of `S5735-S24T4X`."""
    return bool(name) and model.lower().startswith(f"{name.lower()}-")


def _variants(maker: Maker, key: str) -> Iterator[str]:
    for variant in maker.variants:
        if match := re.fullmatch(variant.names, key):
            yield match.expand(variant.models.replace("\\d", "\\\\d"))
