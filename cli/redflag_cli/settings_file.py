"""Settings from a JSON file, in the shape of `GET /v1/settings`, held to the API's limits."""

from pathlib import Path

from redflag.core.settings import Settings
from redflag.http.programs.settings_schemas import read_settings
from redflag.http.schemas import InvalidDocument
from redflag_cli.bad_file import BadFile
from redflag_cli.text_file import read_json


def read_settings_file(path: Path) -> Settings:
    """The settings; what is left out takes its default. Raises `BadFile` with every bad field."""
    try:
        return read_settings(read_json(path))
    except InvalidDocument as error:
        why = " ".join(f"{field}: {message}" for field, message in error.errors)
        raise BadFile(path, why) from None
