"""Settings: one typed object, read once from the environment and .env."""

from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MANUAL = "docs/operate/settings.md"


class Settings(BaseSettings):
    """All settings; each is read from the variable of its name in upper case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    # Not LANGUAGE: desktops set that one, to "en_US:en".
    default_language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    languages: str = Field(default="en,sw", pattern=r"^[a-z]{2}(,[a-z]{2})*$")
    dev_pages: bool = False
    public_url: str = Field(default="http://localhost:8000", pattern=r"^https?://[^/]+$")
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    data_dir: Path = Path("data")
    build_dir: Path = Path("build")
    database_url: str = ""
    database_threads: int = Field(default=8, ge=1, le=64)
    redis_url: str | None = None
    worker_in_server: bool = True
    sweep_seconds: int = Field(default=30, ge=1)
    session_seconds: int = Field(default=30 * 86_400, ge=300)
    staff_session_seconds: int = Field(default=12 * 3_600, ge=300)
    events_per_second: int = Field(default=20, ge=1)
    events_burst: int = Field(default=60, ge=1)

    @property
    def is_https(self) -> bool:
        """Whether people reach this instance over TLS, which is what "production" means."""
        return self.public_url.startswith("https:")

    @property
    def built_languages(self) -> list[str]:
        """Return the languages that have a build, the default one first."""
        others = [each for each in self.languages.split(",") if each != self.default_language]
        return [self.default_language, *others]

    @model_validator(mode="after")
    def _fill_and_refuse(self) -> Self:
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'harbour.db'}"
        if self.database_url.startswith("postgresql://"):
            raise ValueError("DATABASE_URL must start with postgresql+psycopg://")
        if self.is_https and self.dev_pages:
            raise ValueError("DEV_PAGES shows half-made pages: not on a real site")
        return self


def load() -> Settings:
    """Return the settings, or stop the start with each wrong value and its line in the manual."""
    try:
        return Settings()
    except ValidationError as refused:
        faults = [
            (str(each["loc"][0]) if each["loc"] else "", each["msg"]) for each in refused.errors()
        ]
        raise SystemExit("\n".join(_fault(name, said) for name, said in faults)) from None


def _fault(name: str, said: str) -> str:
    place = f"{MANUAL}#{name}" if name else MANUAL
    return f"{name.upper() or 'Settings'}: {said.removeprefix('Value error, ')} (see {place})"


settings = load()
