"""What the demonstration shows of two tables. The groups are real, everybody and every organization at them is invented."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from iqn.reference.models import StakeholderType
from members.models import Organization, Person
from workgroups.groups.actions import roster, terms_of_reference
from workgroups.groups.choices import Quorum, Role, Scope
from workgroups.groups.models import Group, Seat

YEARS = 2
# account: type of stakeholder, organization, title of the seat, role
NURSING = {
    "cochair": ("regulatory-authority", "demo-regulator", "", Role.CO_CHAIR),
    "alder": ("educational-institution", "demo-college", "", Role.CO_CHAIR),
    "member": (
        "internationally-educated-professionals",
        "",
        "Demonstration: nurse educated abroad",
        Role.MEMBER,
    ),
    "birch": ("immigrant-serving-organization", "demo-settlement-agency", "", Role.SECRETARY),
    "spruce": ("professional-association", "", "Demonstration: association of nurses", Role.MEMBER),
}
ENGINEERING = {
    "cochair": ("regulatory-authority", "demo-regulator", "", Role.CO_CHAIR),
    "cedar": ("educational-institution", "demo-college", "", Role.CO_CHAIR),
    "erable": ("professional-association", "", "Démonstration : association d’ingénieurs", Role.MEMBER),
}
EXPECTED = (
    "regulatory-authority", "educational-institution", "immigrant-serving-organization",
    "internationally-educated-professionals", "employer",
)  # fmt: skip
TERMS = {
    "text_en": "Invented for this demonstration.\n\n- The group meets four times a year.\n- Members report back to their organizations.",
    "text_fr": "Inventé pour cette démonstration.\n\n- Le groupe se réunit quatre fois par an.\n- Les membres rendent compte à leur organisation.",
}


@transaction.atomic
def load_demo_groups() -> list[Group]:
    """Once: a group with seats of its own is left as it is."""
    people = {
        person.user.email.split("@")[0]: person
        for person in Person.objects.filter(user__email__endswith="@example.org").select_related("user")
    }
    filled = []
    for slug, seats in (("nursing", NURSING), ("engineering", ENGINEERING)):
        group = Group.objects.filter(slug=slug).first()
        if group is not None and "cochair" in people and not group.seats.exists():
            _fill(group, seats, people)
            filled.append(group)
    return filled


def _fill(group: Group, seats: dict, people: dict[str, Person]) -> None:
    chair, since = people["cochair"], timezone.localdate() - timedelta(days=365 * YEARS)
    for account, (kind, organization, title, role) in seats.items():
        if account in people:
            seat = _seat(chair, group, kind, organization, title, since)
            roster.begin_term(by=chair, seat=seat, person=people[account], role=role, since=since)
    draft = terms_of_reference.save_draft(
        by=chair, group=group, stamp="",
        values={
            **TERMS, "expected_types": StakeholderType.objects.filter(slug__in=EXPECTED),
            "quorum": Quorum.VOICES, "quorum_count": 3,
        },
    )  # fmt: skip
    review_by = since + timedelta(days=365 * (YEARS + 1))
    terms_of_reference.adopt(by=chair, draft=draft, adopted_on=since, review_by=review_by)
    Group.objects.filter(pk=group.pk).update(is_demo=True)


def _seat(by: Person, group: Group, kind: str, organization: str, title: str, since: date) -> Seat:
    return roster.add_seat(
        by=by, group=group, stakeholder_type=StakeholderType.objects.get(slug=kind),  # type: ignore[arg-type]
        organization=Organization.objects.filter(slug=organization).first() if organization else None,
        title=title, title_language="fr" if title.startswith("Dém") else "en", scope=Scope.PROVINCIAL, since=since,
    )  # fmt: skip
