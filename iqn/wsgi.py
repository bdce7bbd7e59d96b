"""Entry point of the web server."""

import os

from iqn.env import settings_module

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module(os.environ)
# Seconds; half of what gunicorn grants a request
os.environ["IQN_STATEMENT_TIMEOUT"] = os.environ.get("IQN_STATEMENT_TIMEOUT") or "15"

from django.core.wsgi import get_wsgi_application  # noqa: E402 (settings first)

from iqn.encodings import reads_utf8  # noqa: E402

application = reads_utf8(get_wsgi_application())
