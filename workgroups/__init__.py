"""Profession-specific work groups: who sits at the table, when they meet, what they decide and do."""
