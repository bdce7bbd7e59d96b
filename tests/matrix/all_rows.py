"""The rows of every app together."""

import importlib
import pkgutil

import tests.matrix
from tests.matrix.rows import Row


def all_rows() -> list[Row]:
    rows: list[Row] = []
    for module in pkgutil.iter_modules(tests.matrix.__path__):
        rows += getattr(importlib.import_module(f"tests.matrix.{module.name}"), "ROWS", [])
    return rows
