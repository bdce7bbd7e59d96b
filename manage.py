#!/usr/bin/env python3
"""Django's command line, with the settings that fit the environment."""

import os
import sys

from iqn.env import settings_module


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or settings_module(
        os.environ
    )
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (settings first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
