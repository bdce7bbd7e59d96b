"""Pages that show several apps: home, search, the staff's queue, health."""
