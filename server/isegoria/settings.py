"""Every setting, read once, from the environment. What the command line says replaces it."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from isegoria.domain.errors import Refused

Network: TypeAlias = IPv4Network | IPv6Network
LogFormat: TypeAlias = Literal["auto", "json", "console"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]


def _split(value: object) -> object:
    """Lists are written with commas."""
    if not isinstance(value, str):
        return value
    return tuple(part for part in value.replace(",", " ").split() if part)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise ValueError("an address like https://consultation.example.org, without a path, is wanted")
    return f"{parts.scheme}://{parts.netloc}"


def _service(*schemes: str) -> AfterValidator:
    """An address that this server calls: the operator's word for it is the only one that counts."""

    def checked(url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in schemes or not parts.hostname or parts.fragment:
            raise ValueError(
                f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)} is wanted"
            )
        return url

    return AfterValidator(checked)


def _network(text: str) -> Network:
    return ip_network(text, strict=False)


Origin: TypeAlias = Annotated[str, AfterValidator(_origin)]
Origins: TypeAlias = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)]
Networks: TypeAlias = Annotated[
    tuple[Annotated[Network, BeforeValidator(_network)], ...], NoDecode, BeforeValidator(_split)
]


class Settings(BaseSettings):
    """`ISEGORIA_DATA`, `ISEGORIA_PORT` and so on, and `REDIS_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="ISEGORIA_", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    data: Path = Path("var")
    """The folder of the embedded engine."""
    redis_url: SecretStr | None = Field(default=None, validation_alias="REDIS_URL")
    """An engine elsewhere, instead of the embedded one. It may hold a password."""
    feed_secret: SecretStr | None = None
    """With it `captions replay` posts as a feed, so that the feed's address stays."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    public_url: Origin | None = None
    """Where browsers find the server, when that is not host and port."""
    origins: Origins = ()
    """Further origins whose pages may connect."""
    trusted_proxies: Networks = ()
    """Whose X-Forwarded-For counts; nobody else's does."""
    wordly_url: Annotated[str, _service("wss", "ws")] = "wss://endpoint.wordly.ai/attend"
    """Where Wordly sessions are attended. This and the next are the only addresses that the server ever calls."""
    streamtext_url: Annotated[str, _service("https", "http")] = "https://www.streamtext.net/captions"
    """Where StreamText events are read."""
    log_level: LogLevel = "info"
    log_format: LogFormat = "auto"
    connections: Annotated[int, Field(gt=0)] = 10_000
    """How many sockets may be open at once."""
    connections_per_address: Annotated[int, Field(gt=0)] = 500
    """A whole town hall may share one address."""

    @property
    def engine_url(self) -> str | None:
        """For the engine only: it may hold a password."""
        return self.redis_url.get_secret_value() if self.redis_url else None

    @property
    def address(self) -> str:
        """Where links lead to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins whose pages may connect."""
        return tuple(dict.fromkeys((self.address, *self.origins)))


def read_settings(**said: Any) -> Settings:
    """The settings; what was `said` on the command line and is not None counts first. Raises Refused("malformed")."""
    try:
        return Settings(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        raise Refused("malformed", "\n".join(_told(detail) for detail in error.errors(include_url=False))) from None


def _told(detail: Any) -> str:
    name = str(detail["loc"][0]).upper()
    variable = name if name == "REDIS_URL" else f"ISEGORIA_{name}"
    reason = detail.get("ctx", {}).get("error", detail["msg"])
    return f"{variable}: {reason}"
