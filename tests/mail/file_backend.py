"""A mail server made of files: one letter, one new file; slow enough to be killed in the middle."""

import os
import time
import uuid
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    def send_messages(self, email_messages) -> int:
        for letter in email_messages:
            name = letter.extra_headers["Message-ID"].strip("<>").split("@")[0]
            time.sleep(0.02)
            (Path(os.environ["LETTERS"]) / f"{name}.{uuid.uuid4().hex}").write_bytes(
                letter.message().as_bytes()
            )
        return len(email_messages)
