"""The customer's own rules about versions: which are approved, for which devices, and how long."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from collector.inventory import Device


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no valid regular expression: {error}") from None
    return text


Text = Annotated[str, Field(min_length=1)]
Expression = Annotated[str, Field(min_length=1), AfterValidator(_expression)]


class Approved(BaseModel):
    """One approved version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: Expression
    """For the whole of a product model."""
    version: Text
    patch: Text | None = None
    """To be in force with it, or a later one."""
    preferred: bool = False
    """Where to go; the others are allowed to stay."""
    roles: tuple[Text, ...] = ()
    """Empty: devices of every role."""
    sites: tuple[Text, ...] = ()
    """Empty: all sites."""
    valid_from: date | None = None
    valid_until: date | None = None
    """Last day, itself included."""
    source: Text
    """Who approved it, and where that is written."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self

    def holds_for(self, model: str, device: Device, site: str) -> bool:
        """Whether the rule is about this device."""
        return (
            re.fullmatch(self.models, model) is not None
            and (not self.roles or device.role in self.roles)
            and (not self.sites or site in self.sites)
        )

    def valid_on(self, day: date) -> bool:
        """Whether the rule holds on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    @property
    def said(self) -> str:
        """Version and patch as reports print them."""
        return "+".join(part for part in (self.version, self.patch) if part)
