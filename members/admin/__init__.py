"""What staff look after here. Every step goes through the same actions as the pages."""

from members.admin import applications, decline_reasons, organizations, people  # noqa: F401 (registering)
