"""Uploaded files: checked by their content, kept out of every served folder, in versions and in both languages."""
