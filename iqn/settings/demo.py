"""A portal to look at: embedded database, demo people, mail shown at /mailbox/. Never used once a secret is set."""

import secrets

from iqn import env
from iqn.settings.base import *  # noqa: F403
from iqn.settings.base import DATA_DIR, PORT

DEMO = True
DEBUG = env.env_bool("IQN_DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SITE_ORIGIN = f"http://localhost:{PORT}"
STAFF_NEED_SECOND_FACTOR = False
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False  # type: ignore[assignment] # the password alone, so that a newcomer can look at every role
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "iqn.mail.mailbox.MailboxBackend"


def _kept_secret(name: str) -> str:
    """Made at the first start and kept beside the data, readable by its owner only."""
    path = DATA_DIR / name
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = _kept_secret("secret_key")
ENCRYPTION_KEYS = [SECRET_KEY]
