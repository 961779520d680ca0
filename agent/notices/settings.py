"""Which channels there are: `notices.yaml`, as people write it (docs/notices.md)."""

from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from baselines.explanation import explained
from collector.errors import XunjianError

Name = Annotated[str, Field(pattern=r"^[\w.-]+$")]
Text = Annotated[str, Field(min_length=1)]
Address = Annotated[str, Field(pattern=r"^[!-?A-~]+@[!-?A-~]+$")]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""Name of an environment variable: secrets do not stand in the file."""


class NoticeError(XunjianError):
    """The file of channels cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"channels {file} cannot be used, {len(problems)} to correct:\n{lines}")


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Channel(_Strict):
    internal: bool = False
    """It stays in the house: addresses, quotes and attachments may go over it."""


class Mail(_Channel):
    """Mail over SMTP."""

    kind: Literal["mail"]
    host: Text
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password_env: Variable | None = None
    sender: Address
    to: Annotated[tuple[Address, ...], Field(min_length=1)]
    attach: bool = False
    """Whether documents are attached; internal channels only."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.attach and not self.internal:
            raise ValueError("attach: documents go over internal channels only; write internal: true too")
        if self.username and self.password_env is None:
            raise ValueError("username without password_env")
        if self.username and self.security == "none":
            raise ValueError("security none would send the password in clear; leave username out, or use TLS")
        return self


class Webhook(_Channel):
    """A robot of a group chat."""

    kind: Literal["wecom", "dingtalk", "feishu"]
    url_env: Variable
    """Variable with the robot's address, which is a secret itself."""
    secret_env: Variable | None = None
    """Variable with the secret for signing, where the robot asks for signatures."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.kind == "wecom" and self.secret_env is not None:
            raise ValueError("secret_env: robots of wecom do not sign")
        return self


Channel = Annotated[Mail | Webhook, Field(discriminator="kind")]


class Settings(_Strict):
    """The whole file."""

    channels: dict[Name, Channel]


def load_channels(path: Path) -> dict[str, Mail | Webhook]:
    """Read the file; raises NoticeError naming place, value and what was expected, for all errors at once."""
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NoticeError(str(path), [f"cannot be read: {error}"]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NoticeError(str(path), [f"no valid YAML: {error}"]) from error
    try:
        return dict(Settings.model_validate(data).channels)
    except ValidationError as error:
        raise NoticeError(str(path), explained("", Settings, error)) from error
