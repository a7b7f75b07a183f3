"""What an installation may choose: read once from the environment, then passed down, never imported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models import Problem

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "HARMONIA_"


class Settings(BaseSettings):
    """One field is one variable `HARMONIA_<NAME>`; docs/operations.md lists them all."""

    # An empty variable is an absent one: an empty address would name the machine's own database.
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = Field(
        validation_alias=AliasChoices("HARMONIA_DATABASE_URL", "DATABASE_URL"),
        pattern=r"^postgres(ql)?://\S+$",
    )
    database_pool: int = Field(default=10, ge=1, le=200)
    statement_seconds: int = Field(default=15, ge=1, le=3_600)
    base_url: str = Field(default="http://localhost:8000", pattern=r"^https?://[^/]+$")
    extra_origins: Annotated[tuple[str, ...], NoDecode] = ()
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    forwarded_allow_ips: str = "127.0.0.1"
    data: Path = ROOT / ".data"
    files_url: str = ""
    attachment_bytes: int = Field(default=10_000_000, ge=1_000)
    clamd: str = Field(default="", pattern=r"^(/\S+|\S+:\d{1,5})?$")
    seal_key: Path | None = None
    seal_password: SecretStr = SecretStr("")
    web_client: Path = ROOT / "web-client" / "dist"
    chromium: str = ""
    smtp_host: str = "localhost"
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: Literal["none", "starttls", "tls"] = "none"
    mail_from: str = "harmonia@localhost"
    support_email: str = ""
    shadow: float = Field(default=0.0, ge=0, le=1)
    worker_concurrency: int = Field(default=2, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"
    shutdown_seconds: int = Field(default=30, ge=1)
    body_bytes: int = Field(default=15_000_000, ge=1_000)
    small_body_bytes: int = Field(default=64_000, ge=1_000)
    attempts_per_minute: int = Field(default=60, ge=1)
    document_bytes: int = Field(default=20_000, ge=100)
    document_tokens: int = Field(default=2_000, ge=10)
    document_depth: int = Field(default=16, ge=3)
    document_aliases: int = Field(default=30, ge=0)
    document_directives: int = Field(default=20, ge=0)
    document_selections: int = Field(default=500, ge=1)
    document_fragments: int = Field(default=50, ge=1)
    document_cost: int = Field(default=25_000, ge=10)
    documents_cached: int = Field(default=20_000, ge=1)

    @field_validator("extra_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Commas, as one types a list in an environment; pydantic would ask for JSON."""
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @property
    def secure(self) -> bool:
        """Whether users reach the installation by TLS, so that HSTS may be promised."""
        return self.base_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """Every `Origin` from which a browser may send us a cookie."""
        return frozenset({self.base_url, *self.extra_origins})


def variables() -> tuple[str, ...]:
    """The names of every variable that is read, for the documentation's test."""
    return tuple(PREFIX + name.upper() for name in Settings.model_fields)


def read_settings() -> Settings:
    """The settings of this process. Raises Problem SETTINGS_INVALID naming each variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        faults = ", ".join(sorted({_variable(fault["loc"]) for fault in error.errors()}))
        raise Problem(
            "SETTINGS_INVALID",
            f"Réglage manquant ou invalide : {faults}. Voir docs/operations.md, puis relancez.",
        ) from None


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else ""
    name = name if name.isupper() else PREFIX + name.upper()
    # The database's address holds a password as well.
    told = name in os.environ and not any(word in name for word in ("PASSWORD", "DATABASE_URL"))
    return f"{name}={os.environ[name]!r}" if told else name
