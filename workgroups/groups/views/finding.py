"""Finding what an address names, or 404; and the trail that leads there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from workgroups.groups.models import Group, Seat, Term


def group_or_404(request: HttpRequest, slug: str) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), slug=slug)


def seat_or_404(group: Group, pk: int) -> Seat:
    seats = Seat.objects.at_the_table_of(group).select_related("organization", "stakeholder_type", "group")
    return get_object_or_404(seats, pk=pk)


def term_or_404(group: Group, pk: int) -> Term:
    return get_object_or_404(Term.objects.at_the_table_of(group).for_roster(), pk=pk)


def trail_to(group: Group | None = None, *further: tuple[str, str]) -> list[tuple[str, str]]:
    trail = [(_("Work groups"), reverse("groups:list"))]
    if group is not None:
        trail.append((str(group), group.get_absolute_url()))
    return [*trail, *further]


def roster_trail(group: Group) -> list[tuple[str, str]]:
    return trail_to(group, (_("Roster"), reverse("groups:roster", args=[group.slug])))


def terms_trail(group: Group) -> list[tuple[str, str]]:
    return trail_to(group, (_("Terms of reference"), reverse("groups:terms", args=[group.slug])))
