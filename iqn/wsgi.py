"""Entry point of the web server."""

import os

from iqn.env import settings_module

os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module(os.environ)

from django.core.wsgi import get_wsgi_application  # noqa: E402 (settings first)

application = get_wsgi_application()
