"""Writes `openapi.json` from the code, or with `--check` says whether it is up to date.

The routes of staff and backends come from Powertools, those of members from their msgspec structs.
"""

import argparse
import importlib
import json
import re
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

import msgspec
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from redflag.http.edge import Route, Routes
from redflag.http.problems import STATUS

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "openapi.json"
_REFERENCE = "#/components/schemas/{name}"
_PROBLEM = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that says what to do."},
        "code": {"type": "string", "enum": sorted(STATUS)},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "retry_at": {"type": "string", "format": "date-time"},
        "opens_at": {"type": "string", "format": "date-time"},
        "contact": {"$ref": _REFERENCE.format(name="ContactAnswer")},
    },
}
_PROBLEM_RESPONSE = {
    "description": "A problem; `code` says which.",
    "content": {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(name="Problem")}}},
}
_FILES = {("get", "/v1/reports/red-flags")}
"""Routes that answer a file for a spreadsheet too, when `Accept` asks for one."""

_FILE_HEADERS = {
    "Content-Disposition": {"description": "Of a file: its name.", "schema": {"type": "string"}},
    "Link": {"description": "Of a file that is full: where the next one is.", "schema": {"type": "string"}},
}
_COLLECTIONS = {"/v1/locations", "/v1/staff", "/v1/app-clients", "/v1/platform/programs"}
_KNOWN_OR_NEW = {
    "/v1/members": ("The member who has this number already.", "The new member."),
    "/v1/platform/blocks": ("The block that stands already.", "The new block."),
}
"""What a POST answers with 200 and with 201."""

_PAGES = {
    "/v1/unsubscribe": {"200": "A page for the recipient.", "404": "A page: nobody has this link any more."}
}
"""Pages for people who bring no token, by path: what each status shows."""

_HTML = {"text/html": {"schema": {"type": "string"}}}
_KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A repeated request with the same key gets the first answer and changes nothing.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of all functions."""
    # Imported by name, because importing a function needs the repository on the path.
    sys.path.insert(0, str(ROOT))
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Redflag",
            "version": "1",
            "description": "Check-in integrity for loyalty programmes.",
        },
        "paths": {},
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }
    for name in ("admin", "settings", "platform", "unsubscribe"):
        _add_console(whole, importlib.import_module(f"functions.{name}.app").app)
    for name in ("check_in", "login_gate"):
        _add_routes(whole, importlib.import_module(f"functions.{name}.app").routes)
    whole["paths"] = dict(sorted(whole["paths"].items()))
    schemas = whole["components"]["schemas"]
    whole["components"]["schemas"] = dict(sorted(schemas.items()))
    return whole


def _add_console(whole: dict[str, Any], app: APIGatewayHttpResolver) -> None:
    part = json.loads(app.get_openapi_json_schema(openapi_version="3.1.0"))
    for path, operations in part["paths"].items():
        # Powertools writes path parameters in the way of its own routes.
        path = re.sub(r"<(\w+)>", r"{\1}", path)  # noqa: PLW2901
        for method, operation in operations.items():
            operation["responses"] = _responses(method, path, operation["responses"]["200"])
            operation["responses"]["default"] = _PROBLEM_RESPONSE
            if path not in _PAGES:
                operation["security"] = [{"bearer": []}]
        whole["paths"].setdefault(path, {}).update(operations)
    schemas = part.get("components", {}).get("schemas", {})
    for name in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        schemas.pop(name, None)
    whole["components"]["schemas"].update(schemas)


def _responses(method: str, path: str, success: dict[str, Any]) -> dict[str, Any]:
    """Powertools calls every success 200, and JSON; making something is 201, deleting it 204."""
    if path in _PAGES:
        return {status: {"description": text, "content": _HTML} for status, text in _PAGES[path].items()}
    if method == "delete":
        return {"204": {"description": "Done; there is nothing to show."}}
    if method == "post" and path in _KNOWN_OR_NEW:
        known, new = _KNOWN_OR_NEW[path]
        return {"200": success | {"description": known}, "201": success | {"description": new}}
    if (method, path) in _FILES:
        return {"200": _also_a_file(success)}
    made = method == "post" and path in _COLLECTIONS
    return {"201" if made else "200": success}


def _also_a_file(success: dict[str, Any]) -> dict[str, Any]:
    """What Powertools shows as one of two shapes: each under its media type."""
    page, file = success["content"]["application/json"]["schema"]["anyOf"]
    content = {"application/json": {"schema": page}, "text/csv": {"schema": file}}
    return success | {"headers": _FILE_HEADERS, "content": content}


def _add_routes(whole: dict[str, Any], routes: Routes) -> None:
    for key, route in routes.by_key.items():
        method, path = key.split()
        whole["paths"].setdefault(path, {})[method.lower()] = _operation(whole, path, route)


def _operation(whole: dict[str, Any], path: str, route: Route) -> dict[str, Any]:
    shapes = [shape for shape in (route.takes, route.answers) if shape is not None]
    _, components = msgspec.json.schema_components(shapes, ref_template=_REFERENCE)
    whole["components"]["schemas"].update(components)
    operation: dict[str, Any] = {
        "summary": (route.serve.__doc__ or "").strip().splitlines()[0],
        "operationId": route.serve.__name__,
        "tags": ["Members' path"],
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {
            str(route.status.value): {
                "description": HTTPStatus(route.status).phrase,
                "content": {"application/json": {"schema": _reference(route.answers)}},
            },
            "default": _PROBLEM_RESPONSE,
        },
    }
    if route.takes is not None:
        operation["security"] = [{"bearer": []}]
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _reference(route.takes)}},
        }
    if path == "/v1/check-ins":
        operation["parameters"].append(_KEY_HEADER)
    return operation


def _reference(shape: type[msgspec.Struct]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(name=shape.__name__)}


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on a difference")
    check = parser.parse_args().check
    text = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
    if not check:
        DOCUMENT.write_text(text)
    elif not DOCUMENT.exists() or DOCUMENT.read_text() != text:
        sys.stderr.write("openapi.json is not what the code says. Run: python tools/openapi.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
