"""Rows of this app."""

from tests.matrix.rows import Row

ROWS: list[Row] = []
