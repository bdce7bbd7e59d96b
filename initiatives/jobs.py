"""What the worker does for initiatives."""

from __future__ import annotations

from procrastinate.contrib.django import app

from initiatives.actions import indexing


@app.task(name="initiatives.jobs.index_all", queueing_lock="initiatives.jobs.index_all")
def index_all() -> None:
    """After organizations or vocabulary rows got other names."""
    indexing.index_all()
