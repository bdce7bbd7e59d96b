"""Who may do what with initiatives, comments and reports. Asked only through user.has_perm."""
