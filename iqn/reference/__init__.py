"""Controlled vocabularies: rows in both languages that staff edit, with slugs that never change."""
