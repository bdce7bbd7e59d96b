"""A database of its own beside the tests', kept between runs."""

from iqn.settings.test import *  # noqa: F403
from iqn.settings.test import DATABASES

DATABASES["default"] = {**DATABASES["default"], "NAME": "iqn_bench", "CONN_MAX_AGE": 600}
ROOT_URLCONF = "tests.bench.urls"
SECURE_REDIRECT_EXEMPT = [".*"]
