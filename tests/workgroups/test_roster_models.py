"""Who is at the table on a day, and what the database itself refuses."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from members.models import User
from tests.factories.workgroups import GroupFactory, SeatFactory, TermFactory, make_term
from workgroups.groups.choices import GroupKind, Role
from workgroups.groups.models import Group, Term
from workgroups.groups.permissions import learn_roles, roles_today

pytestmark = pytest.mark.django_db


def test_a_term_counts_from_its_first_day_until_the_day_before_its_last():
    term = TermFactory(since=date(2026, 1, 1), until=date(2026, 3, 1))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1)]
    assert [Term.objects.on(day).count() for day in days] == [0, 1, 1, 0]
    assert [term.is_on(day) for day in days] == [False, True, True, False]


def test_a_term_ends_with_its_seat():
    TermFactory(seat=SeatFactory(until=date(2026, 2, 1)))

    assert Term.objects.on(date(2026, 1, 31)).count() == 1
    assert Term.objects.on(date(2026, 2, 1)).count() == 0


def test_a_term_begins_with_its_seat():
    TermFactory(seat=SeatFactory(since=date(2026, 2, 1)), since=date(2026, 1, 1))

    assert [Term.objects.on(day).count() for day in (date(2026, 1, 31), date(2026, 2, 1))] == [0, 1]


def test_overlapping_terms_of_one_person_on_one_seat_are_refused():
    first = TermFactory(since=date(2026, 1, 1), until=date(2026, 3, 1))
    TermFactory(seat=first.seat, person=first.person, since=date(2026, 3, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        TermFactory(seat=first.seat, person=first.person, since=date(2026, 2, 28), until=date(2026, 3, 2))
    assert Term.objects.count() == 2


def test_a_standing_seat_spans_the_work_groups_and_not_the_council():
    nursing, law = GroupFactory(), GroupFactory()
    council = GroupFactory(kind=GroupKind.COUNCIL)
    term = TermFactory(seat=SeatFactory(group=None), role=Role.CO_CHAIR)

    assert set(Group.objects.of_person(term.person)) == {nursing, law}
    assert Term.objects.at_the_table_of(nursing).co_chairs().get() == term
    assert not Term.objects.at_the_table_of(council).exists()


def test_what_is_learned_of_many_groups_at_once_is_what_is_asked_of_each():
    nursing, law = GroupFactory(), GroupFactory()
    council = GroupFactory(kind=GroupKind.COUNCIL)
    person = TermFactory(seat=SeatFactory(group=None), role=Role.SECRETARY).person
    TermFactory(seat=SeatFactory(group=law), person=person, role=Role.MEMBER)
    groups = [nursing, law, council]
    one_by_one, at_once = (User.objects.get(pk=person.user_id) for _time in range(2))

    learn_roles(at_once, groups)

    for user in (one_by_one, at_once):
        assert [roles_today(user, group) for group in groups] == [
            {"secretary"},
            {"secretary", "member"},
            set(),
        ]


@pytest.mark.parametrize(
    ("role", "runs"),
    [("co_chair", True), ("secretary", True), ("member", False), ("alternate", False), ("observer", False)],
)
def test_rights_come_from_todays_terms(role, runs):
    group, other = GroupFactory(), GroupFactory()
    term = make_term(group, "Rosa Roster", role)

    def rights(name: str) -> list[bool]:
        user = User.objects.get(pk=term.person.user.pk)  # what is known is known for one request
        return [user.has_perm(name, group), user.has_perm(name, other)]

    assert rights("groups.view_roster_details") == [True, False]
    assert rights("groups.edit_roster") == [runs, False]
    Term.objects.filter(pk=term.pk).update(until=date(2026, 1, 1))
    assert rights("groups.view_roster_details") == [False, False]
    assert not AnonymousUser().has_perm("groups.view_roster_names", group)
