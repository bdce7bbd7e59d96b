"""A token per form sent, so that a repeated POST does one thing once."""
