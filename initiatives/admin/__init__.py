"""What staff look after here. Every step goes through the same actions as the pages."""

from initiatives.admin import comments, reports  # noqa: F401 (registering)
