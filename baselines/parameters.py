"""The form of each check's row in a baseline: which parameters there are and what they may be."""

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


class Hardware(States):
    """Power supplies and fans: an empty bay is no fault."""

    state_absent: Words


class Boards(Hardware):
    """Boards: which kinds are judged."""

    kinds: Annotated[tuple[BoardKind, ...], Field(min_length=1)]


class Temperatures(States):
    """Sensors: words for a warning, and ℃ below the device's warning limit that are a warning to us."""

    state_warn: Words
    margin_c: AtLeastZero


class StackMembers(States):
    """Members: words for one that is still joining."""

    state_joining: Words


class Load(Row):
    """Use in percent."""

    warn_pct: Percent
    crit_pct: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.warn_pct >= self.crit_pct:
            raise ValueError("warn_pct must be less than crit_pct")
        return self


class Restarts(Row):
    """Uptime in days; words in the reason of a restart nobody asked for."""

    uptime_min_days: AtLeastZero
    abnormal_reasons: Words


class Cvss(Row):
    """Base scores from which an advisory is high or critical."""

    cvss_crit: Annotated[Number, Field(ge=0, le=10)]
    cvss_high: Annotated[Number, Field(ge=0, le=10)]


class ReceivedPower(Row):
    """dB left to the module's alarm limit; dBm that mean no light."""

    margin_warn_db: AtLeastZero
    margin_crit_db: AtLeastZero
    no_light_dbm: Number


class OpticAlarms(Row):
    """Words in an alarm that concerns received light."""

    rx_words: Words


class SpanningTree(Row):
    """Modes that converge too slowly."""

    weak_modes: Words


class LogCounts(Row):
    """Window in days; numbers of events; mnemonics left out."""

    window_d: Annotated[Number, Field(gt=0)]
    crit_warn: Count
    err_warn: Count
    whitelist: tuple[str, ...]


class LogServers(Row):
    """Number of servers, and the least severe level they must be sent."""

    min_hosts: Count
    min_level: LogLevel


class Stratum(Row):
    """Highest NTP stratum."""

    stratum_max: Annotated[int, Strict(), Field(ge=1, le=15)]


class ClockOffset(Row):
    """Seconds; minutes east of UTC for clocks that print no zone."""

    offset_warn_s: AtLeastZero
    offset_crit_s: AtLeastZero
    utc_offset_min: Annotated[int, Strict(), Field(ge=-720, le=840)] | None


class SavedSections(Row):
    """Openings of top-level blocks that matter for forwarding and access."""

    major_sections: Words


ROWS: dict[str, type[Row]] = {
    "ENV-001": Temperatures,
    "HW-001": Hardware,
    "HW-003": Hardware,
    "HW-006": Boards,
    "HW-010": Restarts,
    "SYS-001": Load,
    "SYS-004": Load,
    "SYS-012": Row,
    "VER-001": Row,
    "VER-002": Row,
    "VER-004": Cvss,
    "VER-008": Row,
    "IF-001": Row,
    "IF-005": Row,
    "IF-008": Row,
    "IF-012": Row,
    "OPT-001": ReceivedPower,
    "OPT-008": OpticAlarms,
    "L2-001": SpanningTree,
    "L2-009": Row,
    "L3-001": States,
    "HA-001": StackMembers,
    "LOG-001": LogCounts,
    "LOG-003": LogServers,
    "NTP-001": Stratum,
    "NTP-004": ClockOffset,
    "MGT-001": Row,
    "MGT-006": Row,
    "MGT-008": Row,
    "MGT-017": Row,
    "CFG-001": SavedSections,
}
"""The form of the row of each check; `checks/registry.py` has the same ids, which a test proves."""
