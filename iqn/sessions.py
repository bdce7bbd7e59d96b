"""Sessions in the database, whose keys look as we make them."""

from __future__ import annotations

import re

from django.contrib.sessions.backends import db

_KEY = re.compile(r"[a-z0-9]{32}")


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str | None) -> bool:
        """Anything else counts as no session; the database would choke on a cookie with a zero character."""
        return bool(key and _KEY.fullmatch(key))
