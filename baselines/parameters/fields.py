"""What the rows of a baseline are made of, and the rows that several groups of checks share."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator


def _plain(word: str) -> str:
    """Write a device's word the way it is compared: small letters, single spaces."""
    return " ".join(word.split()).lower()


Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
AtLeastZero = Annotated[Number, Field(ge=0)]
Percent = Annotated[Number, Field(gt=0, le=100)]
Count = Annotated[int, Strict(), Field(ge=1)]
LogLevel = Annotated[int, Strict(), Field(ge=0, le=7)]
Word = Annotated[str, Field(min_length=1), AfterValidator(_plain)]
Words = tuple[Word, ...]
BoardKind = Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]


class Row(BaseModel):
    """A check without parameters; every other row adds its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Override(Row):
    """A limit that the device prints comes before the baseline's, unless `override` says otherwise."""

    override: Annotated[bool, Strict()]


class States(Row):
    """The device's own words for a state, sorted into lists."""

    state_ok: Annotated[Words, Field(min_length=1)]
    state_bad: Words

    @model_validator(mode="after")
    def _no_word_in_two_lists(self) -> Self:
        lists = [getattr(self, name) for name in type(self).model_fields if name.startswith("state_")]
        words = [word for words in lists for word in set(words)]
        twice = sorted({word for word in words if words.count(word) > 1})
        if twice:
            raise ValueError(f"a word must not be in two lists: {', '.join(twice)}")
        return self


class Load(Row):
    """Use in percent."""

    warn_pct: Percent
    crit_pct: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.warn_pct >= self.crit_pct:
            raise ValueError("warn_pct must be less than crit_pct")
        return self


class Coverage(Row):
    """Share of ports that must have it, percent."""

    coverage_pct_warn: Percent
