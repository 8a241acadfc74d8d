"""The local cloud's outbox as pages: every mail that functions have sent, the newest first."""

import html
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from local_cloud.stack import Stack

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outbox</title>
<style>
  body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }}
  li {{ margin: 0 0 .75rem; }}
  small {{ color: #5a6675; }}
</style>
<h1>Outbox of the local cloud</h1>
{body}
</html>
"""


@dataclass(frozen=True)
class SentMail:
    """A mail that SES has taken."""

    sent_at: datetime
    sender: str
    to: str
    subject: str
    html: str
    text: str


def mails(stack: Stack) -> list[SentMail]:
    """All mails, the newest first."""
    answer = httpx.get(f"{stack.endpoint_url}/_ministack/ses/messages", timeout=30)
    answer.raise_for_status()
    found = [_read(each) for account in answer.json()["messages"].values() for each in account]
    return sorted(found, key=lambda mail: mail.sent_at, reverse=True)


def write_pages(stack: Stack, directory: Path) -> Path:
    """A page for each mail, as HTML and as text, and one that lists them; answers the last."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    rows = []
    for number, mail in enumerate(mails(stack), start=1):
        (directory / f"{number:03d}.html").write_text(mail.html, encoding="utf-8")
        (directory / f"{number:03d}.txt").write_text(mail.text, encoding="utf-8")
        rows.append(
            f'<li><a href="{number:03d}.html">{html.escape(mail.subject)}</a> '
            f'(<a href="{number:03d}.txt">text</a>)<br><small>{mail.sent_at:%Y-%m-%d %H:%M:%S} UTC, '
            f"from {html.escape(mail.sender)} to {html.escape(mail.to)}</small></li>"
        )
    listed = f"<ol>{''.join(rows)}</ol>" if rows else "<p>No mail has been sent yet.</p>"
    index = directory / "index.html"
    index.write_text(_PAGE.format(body=listed), encoding="utf-8")
    return index


def _read(record: dict[str, Any]) -> SentMail:
    return SentMail(
        sent_at=datetime.fromtimestamp(record["Timestamp"], UTC),
        sender=record["Source"],
        to=", ".join(record["To"]),
        subject=record["Subject"],
        html=record["BodyHtml"] or "",
        text=record["BodyText"],
    )
