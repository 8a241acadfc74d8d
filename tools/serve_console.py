"""Serves the built console on this machine as CloudFront does: headers, addresses of pages, compression.

    python tools/serve_console.py SETTINGS

SETTINGS is a JSON file with `port`, `headers` and `config`, which `make up` writes.
"""

import gzip
import json
import sys
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from console_files import CONFIG, DIST, cache_control, content_type

_COMPRESSED = {".html", ".js", ".css", ".svg", ".json", ".txt"}


@cache
def _compressed(path: Path, _changed: float) -> bytes:
    return gzip.compress(path.read_bytes())


def _file_of(address: str) -> str:
    """The name of the file that an address means: pages are all the one document."""
    name = unquote(urlsplit(address).path).lstrip("/")
    return name if "." in PurePosixPath(name).name else "index.html"


class Console(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    settings: dict[str, Any]

    def do_GET(self) -> None:
        """A file, the configuration, or a page."""
        name = _file_of(self.path)
        if name == CONFIG:
            self._answer(HTTPStatus.OK, name, json.dumps(self.settings["config"]).encode())
            return
        path = (DIST / name).resolve()
        if not path.is_relative_to(DIST) or not path.is_file():
            self._answer(HTTPStatus.NOT_FOUND, "missing.txt", b"There is no such file.\n")
            return
        if path.suffix in _COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            self._answer(HTTPStatus.OK, name, _compressed(path, path.stat().st_mtime), encoding="gzip")
        else:
            self._answer(HTTPStatus.OK, name, path.read_bytes())

    do_HEAD = do_GET  # noqa: N815  (a name that the library looks for)

    def _answer(self, status: HTTPStatus, name: str, body: bytes, encoding: str | None = None) -> None:
        self.send_response(status)
        headers = self.settings["headers"] | {
            "Content-Type": content_type(name),
            "Content-Length": str(len(body)),
            "Cache-Control": cache_control(name),
            "Vary": "Accept-Encoding",
        }
        if encoding:
            headers["Content-Encoding"] = encoding
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Addresses hold what people look for: no log."""


def main() -> None:
    """Serve until stopped."""
    Console.settings = json.loads(Path(sys.argv[1]).read_text())
    ThreadingHTTPServer(("127.0.0.1", Console.settings["port"]), Console).serve_forever()


if __name__ == "__main__":
    main()
