"""Sending one mail through SES, and what SES says of the stack's sender.

A mail is handed to SES once, because a second time would send it twice. A mail that SES refuses was not
sent; one whose call broke off may have been.
"""

import os
from dataclasses import dataclass
from email.utils import formataddr

from botocore.exceptions import ClientError

from redflag import wiring
from redflag.mail.mails import Mail

_LATER = {
    "TooManyRequestsException",
    "LimitExceededException",
    "SendingPausedException",
    "ThrottlingException",
}
_HTTP_SERVER_ERROR = 500
_PAUSED = (
    "SES has paused sending for this AWS account. Ask its operator to look for the reason in the SES console."
)
_SANDBOX = (
    "This AWS account is in the SES sandbox: only recipients whose addresses are verified in SES get mail. "
    "Ask its operator to request production access in the SES console."
)


class Refused(Exception):
    """SES has refused a mail permanently; the message says why, in SES's own words."""


class NotNow(Exception):
    """SES accepts no mail at the moment; this one was not sent."""


@dataclass(frozen=True)
class Sender:
    """The stack's sender, whether SES lets it send, and what to do if not."""

    address: str | None
    ready: bool
    explanation: str


def send(mail: Mail, to: str, *, sender_name: str, unsubscribe_url: str, tags: dict[str, str]) -> None:
    """Send a mail to one recipient, with tags by which SES's own events name it.

    Raises `Refused` or `NotNow` when the mail was not sent; with any other error it may have been.
    """
    address = sender_address()
    if not address:
        raise Refused(_explain_missing())
    headers = {
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # So that no out-of-office reply answers it.
        "Auto-Submitted": "auto-generated",
    }
    try:
        wiring.client("sesv2", repeats=False).send_email(
            FromEmailAddress=formataddr((sender_name, address)),
            Destination={"ToAddresses": [to]},
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                    },
                    "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
                }
            },
            ConfigurationSetName=os.environ["MAIL_CONFIGURATION_SET"],
            EmailTags=[{"Name": name, "Value": value} for name, value in tags.items()],
        )
    except ClientError as error:
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        if code in _LATER:
            raise NotNow(code) from error
        if status >= _HTTP_SERVER_ERROR:
            raise
        raise Refused(error.response["Error"].get("Message") or code) from error


def sender_address() -> str:
    """The address that mails come from; empty when the stack has none."""
    return os.environ["SENDER_ADDRESS"]


def check_sender() -> Sender:
    """Whether mails can be sent, and what to do if not."""
    address = sender_address()
    if not address:
        return Sender(None, ready=False, explanation=_explain_missing())
    domain = address.partition("@")[2]
    if not any(map(_verified, (address, domain))):
        return Sender(address, ready=False, explanation=_explain_unverified(address, domain))
    account = wiring.client("sesv2").get_account()
    if not account["SendingEnabled"]:
        return Sender(address, ready=False, explanation=_PAUSED)
    if not account["ProductionAccessEnabled"]:
        return Sender(address, ready=True, explanation=_SANDBOX)
    return Sender(address, ready=True, explanation=f"Mails are sent from {address}.")


def _verified(identity: str) -> bool:
    client = wiring.client("sesv2")
    try:
        return bool(client.get_email_identity(EmailIdentity=identity)["VerifiedForSendingStatus"])
    except client.exceptions.NotFoundException:
        return False


def _explain_missing() -> str:
    return (
        "This stack has no sender, so no mail is sent. Ask its operator to deploy it with the parameter "
        "SenderAddress, an address that is verified in SES."
    )


def _explain_unverified(address: str, domain: str) -> str:
    return (
        f"SES does not know yet that {address} is yours. Ask the operator to verify it, or the domain "
        f"{domain}, in SES: aws sesv2 create-email-identity --email-identity {address}, then follow the "
        "link in the mail that AWS sends there."
    )
