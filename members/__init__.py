"""Accounts, people, organizations, affiliations, membership."""
