"""What happened, by whom: one Event row that carries its own sentence in both languages."""
