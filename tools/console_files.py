"""The built console: its files, how long each may be kept, their headers, and its configuration."""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "console" / "dist"
CONFIG = "config.json"

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


@dataclass(frozen=True)
class Pool:
    """Where people of a pool sign in; `config.json` has it in these words."""

    issuer: str
    client_id: str
    sign_in_url: str | None
    pool_api_url: str | None


def files() -> Iterator[Path]:
    """What was built; the document last, so that all that it names is there before it."""
    # All but `.vite`, which tells tests what loads what.
    found = [path for path in DIST.rglob("*") if path.is_file() and ".vite" not in path.parts]
    yield from sorted(found, key=lambda path: (path.suffix == ".html", path))


def cache_control(name: str) -> str:
    """How long a file may be kept: those in `assets/` have their contents in their names."""
    return _FOR_EVER if name.startswith("assets/") else _ASK_EACH_TIME


def content_type(name: str) -> str:
    """The media type of a file."""
    if name.endswith(".woff2"):
        return "font/woff2"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def security_headers(connect_to: str) -> dict[str, str]:
    """The headers of the template's policy, for pages that talk to one address besides their own."""
    template = yaml.load((ROOT / "template.yaml").read_text(), Loader=_CloudFormation)  # noqa: S506
    policy = template["Resources"]["ConsoleHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    known = policy["SecurityHeadersConfig"]
    content, _ = known["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    # The template names each host; here all of them are one.
    content = re.sub(r"\$\{\w+\}(?: +\$\{\w+\})*", connect_to, content)
    return {
        "Content-Security-Policy": content,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": known["FrameOptions"]["FrameOption"],
        "Referrer-Policy": known["ReferrerPolicy"]["ReferrerPolicy"],
        "Strict-Transport-Security": f"max-age={known['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
    } | {item["Header"]: item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}


def configuration(api_url: str, staff: Pool, app: Pool, program_id: str | None = None) -> Mapping[str, Any]:
    """What `config.json` says. The member's pages are of the program, unless their address names one."""
    return {"api_url": api_url, "staff": vars(staff), "app": {**vars(app), "program_id": program_id}}


class _CloudFormation(yaml.SafeLoader):
    """Reads short forms of functions as what they are given."""


def _argument(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_CloudFormation.add_multi_constructor("!", _argument)
