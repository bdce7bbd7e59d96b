"""Groups whose name, code or occupations hold the words of a query, accents and typing errors forgiven."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from iqn.searching import words_of
from iqn.text import folded
from workgroups.groups.models import Group


def search_groups(user, typed: str) -> QuerySet[Group]:
    """There are few groups, so the names of their occupations are looked through as they stand."""
    rows = Group.objects.visible_to(user).work_groups()
    words = words_of(typed)
    if not words:
        return rows.none()
    for word in words:
        named = Q(sort_name_en__contains=folded(word)) | Q(sort_name_fr__contains=folded(word))
        occupied = Q(occupations__name_en__icontains=word) | Q(occupations__name_fr__icontains=word)
        spoken = Q(mandate_en__icontains=word) | Q(mandate_fr__icontains=word)
        found = Group.objects.filter(named | occupied | spoken | Q(code__iexact=word))
        rows = rows.filter(pk__in=found.values("pk"))
    return rows.order_by("order", "pk")
