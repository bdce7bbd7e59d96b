"""Numbers of decisions and actions, per group and year: parallel saves never give the same, none is given twice."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Max, Model

from workgroups.groups.models import Group


def next_number(model: type[Model], *, group: Group, year: int) -> int:
    """Inside a transaction. Whoever asks for a number of the group next waits for its end.

    The field history remembers what a draft took back, so that its number does not come again.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    history = apps.get_model(model._meta.app_label, f"{model.__name__}Version")
    given = [
        rows.objects.filter(group_id=group.pk, year=year).aggregate(last=Max("number"))["last"] or 0
        for rows in (model, history)
    ]
    return max(given) + 1
