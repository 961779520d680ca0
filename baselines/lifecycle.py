"""When makers stop selling and servicing products and versions: dates with their sources.

None are shipped: no source of such dates for switches that may be copied was found. They come from the
customer's own baseline file (`lifecycle:`), out of the makers' announcements.
"""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from baselines.approved import Expression

Text = Annotated[str, Field(min_length=1)]


class Milestones(BaseModel):
    """The dates of one product or of one version of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    models: Expression
    """For the whole of a product model."""
    branch: Text | None = None
    """This release with all that lies under it, as `V200R010C00`; None: the product itself."""
    eom: date | None = None
    """End of marketing: no longer sold from this day on."""
    eofs: date | None = None
    """End of full support: no new patches from this day on."""
    eos: date | None = None
    """End of service."""
    source: Text
    """Whose announcement, with its number or address."""
    as_of: date
    """When that was looked up."""

    @model_validator(mode="after")
    def _says_something_in_order(self) -> Self:
        days = [day for day in (self.eom, self.eofs, self.eos) if day is not None]
        if not days:
            raise ValueError("write at least one of eom, eofs and eos")
        if days != sorted(days):
            raise ValueError("eom, eofs and eos must come in this order")
        return self

    def holds_for(self, model: str) -> bool:
        """Whether they are about a product of this model."""
        return re.fullmatch(self.models, model) is not None
