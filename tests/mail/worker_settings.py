"""The tests' settings for a worker in a process of its own, on the database of the test that started it."""

import os

from iqn.settings.test import *  # noqa: F403
from iqn.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
EMAIL_BACKEND = "tests.mail.file_backend.FileBackend"
