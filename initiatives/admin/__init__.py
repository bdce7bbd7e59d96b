"""What staff look after here. Every step goes through the same actions as the pages."""

from initiatives.admin import comments, initiatives, reports, return_reasons

__all__ = ["comments", "initiatives", "reports", "return_reasons"]
