"""Who is told about initiatives, comments and reports, and in which words."""
