"""Official pages, guideline clauses and glossary: written by staff, always as a pair of languages."""
