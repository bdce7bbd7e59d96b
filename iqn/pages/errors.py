class HalfAPage(Exception):
    """A page is published in both languages or not at all."""
