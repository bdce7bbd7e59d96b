"""Field history by triggers. Called from each app's `translation.py`, once the translated columns exist: registered on
the class, django-pghistory would silently miss them."""

from __future__ import annotations

import pghistory
from django.db import models

# Derived from other columns: their changes say nothing, and some are large
GENERATED = {"search_vector", "search_text", "sort_title_en", "sort_title_fr"}


def track(model: type[models.Model]) -> None:
    """Keep every version of every row of this model, whoever changes it and however."""
    exclude = [f.name for f in model._meta.local_fields if f.name in GENERATED]
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
        model_name=f"{model.__name__}Version",
        meta={"default_permissions": ()},
    )(model)
