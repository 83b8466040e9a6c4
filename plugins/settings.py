"""The settings: one frozen object, built once at the start, every fault told in plain words.

They come from environment variables with the prefix DOSSIER_, then a `.env` file, then a TOML file
(`dossier.toml`, or what DOSSIER_CONFIG names), the first that names a setting wins. The variables
that the paperless-ngx world knows keep their names. A secret may also be given as `NAME_FILE`, the
path of a file that holds it.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from plugins.custody import custody_settings
from plugins.errors import BadSetting
from plugins.intake import intake_settings
from plugins.keeping import disposal_settings
from plugins.lookout import alarm_settings
from plugins.stores import store_settings

PREFIX = "DOSSIER_"
FOREIGN = {
    "paperless_url": "PAPERLESS_URL",
    "paperless_token": "PAPERLESS_TOKEN",
    "paperless_username": "PAPERLESS_USERNAME",
    "paperless_password": "PAPERLESS_PASSWORD",
}
"""Settings that keep the names which paperless-ngx' own tools use."""
SECRETS = (
    "paperless_token",
    "paperless_password",
    "database_url",
    "broker_url",
    "webhook_secret",
    *alarm_settings.SECRETS,
    *store_settings.SECRETS,
)
_CONFIG = "DOSSIER_CONFIG"
_LEAST_MEMORY_MB = 1_024


def default_home() -> Path:
    """Where the archive lies unless DOSSIER_HOME says otherwise (XDG base directories)."""
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "paperless-dossier"


class Settings(
    custody_settings.CustodySettings,
    disposal_settings.DisposalSettings,
    intake_settings.IntakeSettings,
    alarm_settings.LookoutSettings,
    store_settings.StoreSettings,
):
    """Everything that a setting decides."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid")

    home: Annotated[Path, Field(description="the archive's folder")] = Field(default_factory=default_home)
    dms: Annotated[Literal["local", "paperless"], Field(description="which DMS keeps the documents")] = (
        "local"
    )
    inbox: Annotated[Path | None, Field(description="the scanner's folder; default: HOME/inbox")] = None
    set_aside: Annotated[Path | None, Field(description="refused files; default: HOME/set-aside")] = None
    database_url: Annotated[str, Field(description="our database; default: SQLite in HOME")] = ""
    organisation: Annotated[str, Field(description="whose name stands on reports")] = ""
    reader: Annotated[str, Field(description="auto, rapid, tesseract, text-layer or blank")] = "auto"
    workers: Annotated[int, Field(ge=0, le=256, description="reading processes; 0: one a core")] = 0
    max_bytes: Annotated[int, Field(ge=1, description="greatest file, in bytes")] = 200_000_000
    max_pages: Annotated[int, Field(ge=1, description="most pages in a file")] = 1_000
    max_pixels: Annotated[int, Field(ge=1, description="most pixels of a page")] = 100_000_000
    max_seconds: Annotated[int, Field(ge=1, description="longest time to read one page")] = 300
    max_file_seconds: Annotated[int, Field(ge=1, description="longest time to read all pages of a file")] = (
        7_200
    )
    max_memory_mb: Annotated[
        int, Field(ge=0, description="memory of one reading process, in MB; 0: no limit")
    ] = 4_096
    max_characters: Annotated[int, Field(ge=1, description="most characters of text in a file")] = 5_000_000
    archive_pdf: Annotated[
        Literal["off", "pdf", "pdfa"],
        Field(description="the searchable PDF that is filed beside the original"),
    ] = "pdf"
    sure: Annotated[
        float, Field(ge=0, le=1, description="a category less sure than this goes to a person")
    ] = 0.9
    split: Annotated[
        Literal["off", "propose", "split"],
        Field(description="whether a file that holds several documents is looked at, or filed, part by part"),
    ] = "propose"
    clearance: Annotated[str, Field(description="highest level in searches and reports; empty: all")] = ""
    taxonomy: Annotated[Path | None, Field(description="another taxonomy (TOML)")] = None
    ladder: Annotated[Path | None, Field(description="another confidentiality ladder (TOML)")] = None
    schedule: Annotated[Path | None, Field(description="the disposition schedule (TOML)")] = None
    required_papers: Annotated[
        Path | None, Field(description="the papers that a dossier must have (TOML)")
    ] = None
    native_python: Annotated[
        str, Field(description="the Python that reads for the plugin inside paperless-ngx; empty: its own")
    ] = ""
    native_wait: Annotated[
        int, Field(ge=0, le=86400, description="seconds a reader of that plugin waits for the next document")
    ] = 300
    paperless_url: Annotated[str, Field(description="where paperless-ngx answers")] = ""
    paperless_token: Annotated[str, Field(repr=False, description="its API token")] = ""
    paperless_username: Annotated[
        str, Field(description="the archive's account there, where there is no token")
    ] = ""
    paperless_password: Annotated[
        str, Field(repr=False, description="its password, for which a token is got")
    ] = ""
    webhook_secret: Annotated[
        str, Field(repr=False, description="what paperless-ngx shows at the door of `dossier webhook`")
    ] = ""

    @field_validator(
        "home",
        "inbox",
        "set_aside",
        "taxonomy",
        "ladder",
        "schedule",
        "required_papers",
        "paperless_media",
        "paperless_trash_dir",
        "timestamp_ca",
    )
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return None if path is None else Path(os.path.abspath(path.expanduser()))

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.dms == "paperless" and not self.paperless_url:
            raise ValueError(
                "PAPERLESS_URL|DOSSIER_DMS=paperless 时须写明服务器地址。With DOSSIER_DMS=paperless, write where it answers, as http://host:8000"
            )
        if self.dms == "paperless" and not (
            self.paperless_token or (self.paperless_username and self.paperless_password)
        ):
            raise ValueError(
                "PAPERLESS_TOKEN|DOSSIER_DMS=paperless 时须给出档案账号的令牌。With DOSSIER_DMS=paperless, write the API token of the archive's account, "
                "or name the file that holds it by PAPERLESS_TOKEN_FILE; PAPERLESS_USERNAME and PAPERLESS_PASSWORD "
                "do as well"
            )
        if self.inbox_folder == self.home or self.home.is_relative_to(self.inbox_folder):
            raise ValueError(
                "DOSSIER_INBOX|档案库在扫描文件夹之内，会被当作扫描件取走，请另选文件夹。the archive lies inside the inbox and would be taken in itself; name another folder"
            )
        if self.set_aside_folder.is_relative_to(self.inbox_folder):
            raise ValueError(
                "DOSSIER_SET_ASIDE|搁置的文件会被再次取走，请选扫描文件夹之外的文件夹。refused files would be taken in again; name a folder outside the inbox"
            )
        if 0 < self.max_memory_mb < _LEAST_MEMORY_MB:
            raise ValueError(
                f"DOSSIER_MAX_MEMORY_MB|内存过小，无法识别任何文件：写 {_LEAST_MEMORY_MB} 以上，或 0 不限。nothing can be read with {self.max_memory_mb} MB, and every scan would be "
                f"refused; write {_LEAST_MEMORY_MB} or more, or 0 for no limit"
            )
        if fault := (alarm_settings.fault_in(self) or store_settings.fault_in(self, self.database, self.dms)):
            raise ValueError(fault)
        return self

    @property
    def inbox_folder(self) -> Path:
        """The folder that the scanner writes into."""
        return self.inbox or self.home / "inbox"

    @property
    def set_aside_folder(self) -> Path:
        """Where refused files go."""
        return self.set_aside or self.home / "set-aside"

    @property
    def heads_file(self) -> Path:
        """Where heads of the register are published: keep copies of it elsewhere."""
        return self.home / "register-heads.txt"

    @property
    def database(self) -> str:
        """The URL of our database."""
        return self.database_url or f"sqlite:///{self.home / 'dossier.sqlite3'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands over counts: it has put the sources in order and checked the names."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def variable_of(field: str) -> str:
    """The name under which a person writes a setting."""
    return FOREIGN.get(field, PREFIX + field.upper())


_BY_VARIABLE = {variable_of(field): field for field in Settings.model_fields}


def described() -> list[tuple[str, FieldInfo]]:
    """Every setting's variable with its field: what docs and `dossier doctor` list."""
    return [(variable_of(name), info) for name, info in Settings.model_fields.items()]


def load(environment: Mapping[str, str], folder: Path, **told: object) -> Settings:
    """The settings from the environment, `folder`/.env and the TOML file; raises BadSetting.

    `told` holds what the command line says, by the fields' names; it beats every other source.
    """
    dotenv = {k: v for k, v in dotenv_values(folder / ".env").items() if v is not None}
    config = environment.get(_CONFIG) or dotenv.get(_CONFIG)
    values = _from_toml(Path(config) if config else folder / "dossier.toml", wanted=bool(config))
    for source, variables in ((".env", dotenv), ("the environment", environment)):
        values.update(_from_variables(variables, source))
    values.update(told)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise BadSetting(_first_fault(error)) from error


def _from_toml(path: Path, *, wanted: bool) -> dict[str, Any]:
    if not path.is_file():
        if wanted:
            raise BadSetting(
                f"{_CONFIG}: 没有文件 {path}，请改正路径或去掉该设置。there is no file {path}; correct the path or take the setting out"
            )
        return {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSetting(f"{path}: 不是可读的 TOML。can not be read as TOML: {error}") from error
    for name in raw:
        if name not in Settings.model_fields:
            raise BadSetting(
                f"{path}: 没有设置 {name!r}。there is no setting {name!r}{_nearest(name, Settings.model_fields)}"
            )
    return raw


def _from_variables(variables: Mapping[str, str], source: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, text in variables.items():
        field = _BY_VARIABLE.get(variable)
        secret = _BY_VARIABLE.get(variable.removesuffix("_FILE")) if variable.endswith("_FILE") else None
        if field is not None and text != "":
            values[field] = text
        elif secret in SECRETS and text != "":
            values[str(secret)] = _secret(variable, Path(text))
        elif field is None and variable.startswith(PREFIX) and variable != _CONFIG and secret not in SECRETS:
            near = _nearest(variable, _BY_VARIABLE)
            raise BadSetting(f"{variable}: 没有这项设置。there is no such setting (found in {source}){near}")
    return values


def _secret(variable: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"{variable}: 文件 {path} 不能读取。the file {path} can not be read: {error}"
        ) from error


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    longer = [one for one in known if one.startswith(name)]
    close = longer or difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else "; see docs/settings.md for all"


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    if not fault["loc"]:
        variable, _, message = str(fault["ctx"]["error"]).partition("|")
        return f"{variable}: {message}"
    field = str(fault["loc"][0])
    what = Settings.model_fields[field].description or ""
    return f"{variable_of(field)}: 值 {str(fault['input'])!r} 有误，所设内容见 docs/settings.md。{str(fault['input'])!r} is wrong: {fault['msg']} ({what})"
