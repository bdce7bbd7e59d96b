"""Django admin as the staff's workshop."""
