"""Initiatives: what somebody tried, with whom, and what came of it; comments; reports."""
