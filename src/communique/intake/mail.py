"""E-mail (.eml, RFC 5322): its HTML part, or else its plain one, with subject, sender and date."""

import email
import email.policy
import email.utils
from email.message import EmailMessage

from communique.intake.inputs import Given, Input, moment
from communique.intake.refusals import refuse
from communique.records import Problem


def message(data: bytes, place: str) -> Input | Problem:
    """The input in a message, or the problem that it has no text."""
    try:
        told = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(told, EmailMessage)
        body = told.get_body(("html", "plain"))
        if body is None:
            return refuse("no-main-text", found="a message without text", place=place)
        payload = body.get_payload(decode=True)
        suffix = ".html" if body.get_content_subtype() == "html" else ".txt"
        name, address = email.utils.parseaddr(str(told.get("from", "")))
        given = Given(
            title=str(told.get("subject", "")).strip() or None, outlet=name or address or None,
            published=moment(str(told.get("date", ""))),
        )  # fmt: skip
    # The parser of the standard library lets many kinds of error through on broken messages.
    except Exception as error:
        return refuse("broken-record", found=f"no readable message ({type(error).__name__})", place=place)
    return Input(place, data=payload if isinstance(payload, bytes) else b"", suffix=suffix, given=given)
