"""Meetings: agenda, invitations, record, decisions, actions, and what members report back."""
