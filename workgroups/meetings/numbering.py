"""Numbers of meetings in a quarter, and of decisions and actions, per group and year: parallel saves never give the same, none is given twice."""

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


def next_sequence(group: Group, year: int, quarter: int) -> int:
    """Of a meeting within its quarter. Whoever asks holds the row of the group."""
    rows = apps.get_model("meetings", "Meeting").objects.filter(group=group, year=year, quarter=quarter)
    return (rows.aggregate(last=Max("sequence"))["last"] or 0) + 1
