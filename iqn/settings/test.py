"""Tests: an embedded server of their own with durability off, a fast hasher, every window on the world closed."""

import os

from iqn import env
from iqn.settings.base import *  # noqa: F403
from iqn.settings.base import BASE_DIR, DATABASES, STORAGES, uploads_in

DEBUG = False
DEMO = False
SECRET_KEY = "only-for-tests-and-nothing-else-0123456789-abcdefghij"  # noqa: S105
ENCRYPTION_KEYS = [SECRET_KEY]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATA_DIR = BASE_DIR / ".iqn-test"
if env.env_str("TEST_DATABASE_URL", ""):
    DATABASES["default"] = env.env_database("TEST_DATABASE_URL")
else:
    DATABASES["default"] = {
        "ENGINE": "iqn.localpg",
        "NAME": "iqn",
        "USER": "iqn",
        "STATE_DIR": DATA_DIR / "postgres",
        "DURABLE": False,
    }
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = DATA_DIR / "static"
STORAGES["uploads"] = uploads_in(DATA_DIR / f"uploads-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
MAILBOX_DIR = DATA_DIR / f"mailbox-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
