"""The demo's mail: nothing leaves the machine, letters lie in a folder that /mailbox/ shows."""

from __future__ import annotations

import email
import email.policy
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

KEEP = 200  # letters


class MailboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S%f")
            name = f"{stamp}-{uuid.uuid4().hex[:8]}"
            scratch = folder / f"{name}.part"
            scratch.write_bytes(message.message().as_bytes())
            scratch.rename(folder / f"{name}.eml")
        for old in sorted(folder.glob("*.eml"), reverse=True)[KEEP:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


@dataclass(frozen=True)
class StoredLetter:
    name: str
    at: datetime
    to: str
    subject: str
    language: str
    text: str
    html: str


def _read(path: Path) -> StoredLetter:
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    text = parsed.get_body(("plain",))
    html = parsed.get_body(("html",))
    return StoredLetter(
        name=path.stem,
        at=datetime.strptime(path.stem.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        to=str(parsed["to"]),
        subject=str(parsed["subject"]),
        language=str(parsed["content-language"] or "en"),
        text=text.get_content() if text else "",
        html=html.get_content() if html else "",
    )


def stored_letters() -> list[StoredLetter]:
    """Newest first."""
    return [_read(path) for path in sorted(Path(settings.MAILBOX_DIR).glob("*.eml"), reverse=True)]


def stored_letter(name: str) -> StoredLetter | None:
    known = {path.stem: path for path in Path(settings.MAILBOX_DIR).glob("*.eml")}
    return _read(known[name]) if name in known else None
