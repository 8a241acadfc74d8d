"""A request's body as its msgspec struct: every field that is wrong is named, not only the first."""

from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from redflag.http import fields
from redflag.http.edge import read_json
from redflag.service.refusals import FieldError, invalid


def parse[T: msgspec.Struct](body: bytes, shape: type[T]) -> T:
    """A request's body as its struct. Raises `Refusal` naming every field that is wrong."""
    return read(read_json(body), shape)


def read[T: msgspec.Struct](document: Any, shape: type[T]) -> T:
    """A document as its struct. Raises `Refusal` naming every field that is wrong."""
    if not isinstance(document, dict):
        raise invalid(("", "Send a JSON object."))
    errors = list(_errors(document, shape, ""))
    if errors:
        raise invalid(*errors)
    return msgspec.convert(document, shape)


def _errors(document: dict[str, Any], shape: type[msgspec.Struct], path: str) -> Iterator[FieldError]:
    known = {field.name: field for field in msgspec.structs.fields(shape)}
    for name in document:
        if name not in known:
            yield f"{path}{name}", "There is no such field."
    for name, field in known.items():
        if name not in document:
            if field.required:
                yield f"{path}{name}", "This field is required."
            continue
        value, nested = document[name], _struct_of(field.type)
        if nested is not None and isinstance(value, dict):
            inner = list(_errors(value, nested, f"{path}{name}."))
            yield from inner
            if inner:
                continue
        try:
            msgspec.convert(value, field.type)
        except msgspec.ValidationError as error:
            yield f"{path}{name}", f"{str(error).partition(' - at ')[0].removesuffix('.')}."
        else:
            yield from _control_characters(value, f"{path}{name}")


def _struct_of(annotation: Any) -> type[msgspec.Struct] | None:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            return kind
    return None


def _control_characters(value: Any, path: str) -> Iterator[FieldError]:
    if isinstance(value, str):
        try:
            fields.text(value)
        except ValueError as error:
            yield path, str(error)
