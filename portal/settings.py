"""The only reader of the environment. Refuses to start with a value that is unsafe or unclear."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    field_validator,
    model_validator,
)

from portal.errors import BadSetting

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "PORTAL_"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseModel):
    """What an operator may choose. Every name here is listed in docs/operations.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: Environment = Environment.DEVELOPMENT
    edition: str = "wirral"
    content: Path = ROOT / "content"
    base_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be an origin such as https://careers.example.gov.uk")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _production_is_safe(self) -> "Settings":
        if self.env is Environment.PRODUCTION and not self.base_url.startswith("https://"):
            raise ValueError("PORTAL_BASE_URL must begin with https:// in production")
        return self

    @property
    def in_production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def national(self) -> Path:
        return self.content / "national"

    @property
    def edition_folder(self) -> Path:
        """A name means a folder in `content`; anything with a slash is a folder anywhere."""
        return Path(self.edition) if "/" in self.edition else self.content / self.edition

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Host names, without ports, that requests may name. Loopback counts in development."""
        own = {urlsplit(self.base_url).hostname or "", *self.hosts}
        return frozenset(own if self.in_production else own | LOOPBACK)


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the PORTAL_ variables. Raises BadSetting for the first wrong one."""
    environ = os.environ if environ is None else environ
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX)
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = PREFIX + "_".join(map(str, first["loc"][:1])).upper() if first["loc"] else ""
        raise BadSetting(f"{name} {first['msg']}".strip()) from wrong
