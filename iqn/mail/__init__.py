"""The mail ledger: every letter is a row first, and only this app calls Django's mail."""
