"""The roster of any day, who sees what of it, and how it changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from members.models import Person
from tests.factories.members import OrganizationFactory, PersonFactory, UserFactory
from tests.factories.reference import StakeholderTypeFactory
from tests.factories.workgroups import (
    GroupFactory,
    SeatFactory,
    TermFactory,
    TermsOfReferenceFactory,
    make_term,
)
from workgroups.groups.actions import roster as actions
from workgroups.groups.errors import (
    EndsBeforeItBegins,
    GroupIsConcluded,
    LastCoChair,
    SeatHasEnded,
    TermsOverlap,
)
from workgroups.groups.models import Term

pytestmark = pytest.mark.django_db


def _path(name: str = "roster", *args) -> str:
    return reverse(f"groups:{name}", args=["nursing", *args])


@pytest.fixture
def today():
    return timezone.localdate()


def test_who_sees_names_and_contacts(table, sign_in, client):
    person = PersonFactory(user=None, name="Nora Noaccount")
    TermFactory(seat=SeatFactory(group=table.group, organization=OrganizationFactory(name_en="Harbour Union")),
                person=person, email="nora@example.org")  # fmt: skip

    public = client.get(_path()).content.decode()
    member = sign_in(table.member).get(_path()).content.decode()
    roster = sign_in(table.roster).get(_path()).content.decode()

    assert ["Harbour Union" in html for html in (public, member, roster)] == [True, True, True]
    assert ["Nora Noaccount" in html for html in (public, member, roster)] == [False, True, True]
    assert ["nora@example.org" in html for html in (public, member, roster)] == [False, False, True]
    lines = b"".join(client.get(_path() + "?format=csv")).decode()
    assert ("Harbour Union" in lines, "Nora" in lines) == (True, False)
    assert "nora@example.org" in b"".join(sign_in(table.roster).get(_path() + "?format=csv")).decode()


def test_as_of_a_day(table, sign_in, today):
    client = sign_in(table.member)

    assert "Fritz Former" not in client.get(_path()).content.decode()
    past = client.get(f"{_path()}?on={today - timedelta(days=100)}").content.decode()
    assert "Fritz Former" in past
    assert "End the term" not in sign_in(table.staff).get(f"{_path()}?on={date(2021, 1, 1)}").content.decode()
    for unreadable in ("yesterday", "2026-02-30", "0001-01-01", "%00"):
        html = client.get(f"{_path()}?on={unreadable}").content.decode()
        assert "could not be read" in html


def test_vacant_seats_and_missing_voices(table, client):
    union = StakeholderTypeFactory(slug="union", name_en="Unions")
    employer = StakeholderTypeFactory(slug="employer", name_en="Employers")
    TermsOfReferenceFactory(group=table.group).expected_types.set([union, employer])
    TermFactory(seat=SeatFactory(group=table.group, stakeholder_type=employer))
    vacant = SeatFactory(group=table.group, stakeholder_type=union)
    TermFactory(seat=vacant, role="observer")

    roster = client.get(_path()).context["roster"]

    assert [str(kind) for kind in roster.missing] == ["Unions"]
    assert (
        client.get(_path() + "?on=2023-01-01").context["roster"].missing == []
    )  # before the terms were adopted
    vacant.terms.update(until=timezone.localdate())
    assert "vacant" in client.get(_path()).content.decode()


def test_roster_in_french(table, sign_in):
    with translation.override("fr"):
        html = sign_in(table.staff).get(_path()).content.decode()

    assert "Coprésidence" in html
    assert "Mettre fin" in html
    assert "Since" not in html


def test_add_a_seat_and_seat_somebody_new(table, sign_in, today):
    organization = OrganizationFactory(name_en="Harbour Union")
    kind = StakeholderTypeFactory(slug="union")
    chair = sign_in(table.co_chair)
    typed = {
        "organization": "harbour union",
        "title_language": "en",
        "stakeholder_type": kind.pk,
        "scope": "atlantic",
        "since": today,
    }

    added = chair.post(_path("seat-add"), typed)
    seat = table.group.seats.get(organization=organization)
    assert added["Location"] == _path("term-begin", seat.pk)
    seated = chair.post(
        added["Location"],
        {"name": "Nora  New", "email": "nora@example.org", "role": "member", "since": today},
    )

    assert seated.status_code == 302
    term = seat.terms.get()
    assert (term.person.name, term.person.user, term.email, term.address) == (
        "Nora New", None, "nora@example.org", "nora@example.org",
    )  # fmt: skip
    assert "Nora" not in "".join(Event.objects.about(table.group).values_list("sentence_en", flat=True))


def test_an_address_that_nobody_has_proven_or_that_is_closed_finds_no_account(table):
    """Whoever registers with an address that is not theirs gets no seat that is given to its owner."""
    pretender = PersonFactory(user=UserFactory(email="nora@example.org", verified=False))
    closed = PersonFactory(user=UserFactory(email="closed@example.org", is_active=False))
    seat = SeatFactory(group=table.group)

    terms = [
        actions.seat_person(
            by=table.co_chair, seat=seat, person=None, name=name, email=email, role="member", since=date(2026, 1, 5)
        )
        for name, email in (
            ("Nora New", "nora@example.org"), ("Cleo Closed", "closed@example.org"), ("Mia", table.member.user.email),
        )
    ]  # fmt: skip

    assert [(term.person.name, term.person.user, term.email) for term in terms] == [
        ("Nora New", None, "nora@example.org"),
        ("Cleo Closed", None, "closed@example.org"),
        ("Mia Member", table.member.user, ""),  # letters go where the account says
    ]
    assert {pretender, closed} & {term.person for term in terms} == set()


def test_somebody_is_found_by_their_address(table):
    seat = SeatFactory(group=table.group)
    with_account = actions.person_named(name="Somebody Else", email=table.member.user.email.upper())
    unnamed = PersonFactory(user=None)
    TermFactory(seat=seat, person=unnamed, email="unnamed@example.org")

    assert with_account == table.member
    assert actions.person_named(name="X", email="Unnamed@example.org") == unnamed
    assert actions.person_named(name="No Address", email="").name == "No Address"
    without_person = PersonFactory()
    user = without_person.user
    without_person.user = None
    without_person.save()
    assert actions.person_named(name="Stranger", email=user.email).name == "Stranger"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"organization": "", "title": ""}, "organization"),
        ({"organization": "No such organization"}, "organization"),
        ({"stakeholder_type": "0"}, "stakeholder_type"),
        ({"since": "31/12/2026"}, "since"),
        ({"since": "0026-01-01"}, "since"),
        ({"scope": "lunar"}, "scope"),
    ],
)
def test_what_a_seat_refuses(typed, field, table, sign_in):
    seats = table.group.seats.count()
    sound = {"title": "Nurse educated abroad", "title_language": "en", "scope": "provincial", "since": "2026-01-05",
             "stakeholder_type": StakeholderTypeFactory(slug="union").pk}  # fmt: skip

    response = sign_in(table.co_chair).post(_path("seat-add"), {**sound, **typed})

    assert list(response.context["form"].errors) == [field]
    assert table.group.seats.count() == seats


def test_overlapping_terms_are_refused_with_a_sentence(table, sign_in, today):
    term = table.roster.terms.get()
    typed = {"person": table.roster.pk, "role": "secretary", "since": today}
    response = sign_in(table.co_chair).post(_path("term-begin", term.seat.pk), typed)

    assert str(TermsOverlap.sentence) in response.content.decode()
    assert term.seat.terms.count() == 1
    nobody = sign_in(table.co_chair).post(
        _path("term-begin", term.seat.pk), {"role": "member", "since": today}
    )
    assert list(nobody.context["form"].errors) == ["name"]


def test_what_beginning_a_term_refuses(table, today):
    seat = SeatFactory(group=table.group, since=today, until=today + timedelta(days=30))

    def begin(since: int, until: int | None = None) -> Term:
        last = None if until is None else today + timedelta(days=until)
        return actions.begin_term(
            by=table.co_chair, seat=seat, person=table.member, role="member", since=today + timedelta(days=since), until=last,
        )  # fmt: skip

    for since, until, refusal in (
        (5, 5, EndsBeforeItBegins),
        (-1, None, SeatHasEnded),
        (1, 40, SeatHasEnded),
    ):
        with pytest.raises(refusal):
            begin(since, until)
    assert begin(0, 10).until == today + timedelta(days=10)
    assert begin(10, 20).since == today + timedelta(days=10)  # the day on which the first no longer holds
    with pytest.raises(TermsOverlap):
        begin(9, 10)
    table.group.status, table.group.closing_note_en, table.group.closing_note_fr = "concluded", "Done", "Fini"
    table.group.save()
    with pytest.raises(GroupIsConcluded):
        begin(25)


def test_end_a_term_and_hand_over(table, sign_in, today):
    term = table.roster.terms.get()
    client = sign_in(table.secretary)
    response = client.post(_path("term-end", term.pk), {"until": today})

    assert response["Location"] == _path("term-handover", term.pk)
    term.refresh_from_db()
    assert term.until == today
    successor = make_term(table.group, "Sia Successor", seat=term.seat, since=today)
    html = client.get(response["Location"]).content.decode()
    assert "Sia Successor" in html
    assert sign_in(table.roster).get(response["Location"]).status_code == 200
    assert sign_in(successor.person).get(response["Location"]).status_code == 200
    assert sign_in(table.alternate).get(response["Location"]).status_code == 403
    with translation.override("fr"):
        assert "Transmettre le siège" in client.get(_path("term-handover", term.pk)).content.decode()
    before = sign_in(table.secretary).post(_path("term-end", term.pk), {"until": "2019-01-01"})
    assert list(before.context["form"].errors) == ["until"]
    assert client.get(_path("term-end", 1)).status_code == 404
    assert client.get(_path("term-end", 99999999999999999999)).status_code == 404


def test_what_has_an_end_may_end_earlier_and_no_later(table, today):
    term = table.roster.terms.get()
    actions.end_term(by=table.co_chair, term=term, until=today + timedelta(days=9))

    with pytest.raises(EndsBeforeItBegins):
        actions.end_term(by=table.co_chair, term=term, until=today + timedelta(days=10))
    actions.end_term(by=table.co_chair, term=term, until=today + timedelta(days=8))

    term.refresh_from_db()
    assert term.until == today + timedelta(days=8)


def test_another_role_ends_on_the_day_on_which_the_first_would_have(table, today):
    term = table.roster.terms.get()
    actions.end_term(by=table.co_chair, term=term, until=today + timedelta(days=9))

    actions.change_role(by=table.co_chair, term=term, role="observer", since=today + timedelta(days=2))

    assert list(term.seat.terms.order_by("since").values_list("role", "until")) == [
        ("member", today + timedelta(days=2)),
        ("observer", today + timedelta(days=9)),
    ]


def test_the_last_co_chair_stays(table, sign_in, today):
    second = table.group.seats.get(terms__person__name="Second Chair", terms__until=None).terms.get(
        until=None
    )
    actions.end_term(by=table.staff, term=second, until=today)
    term = table.co_chair.terms.get()

    response = sign_in(table.secretary).post(_path("term-end", term.pk), {"until": today})
    assert str(LastCoChair.sentence) in response.content.decode()
    response = sign_in(table.secretary).post(_path("term-role", term.pk), {"role": "member", "since": today})
    assert str(LastCoChair.sentence) in response.content.decode()
    term.refresh_from_db()
    assert (term.until, term.role) == (None, "co_chair")
    table.group.status = "dormant"
    table.group.save()
    assert actions.end_term(by=table.staff, term=Term.objects.get(pk=term.pk), until=today).until == today


def test_a_standing_seat_may_be_left_empty(table, today):
    term = TermFactory(seat=SeatFactory(group=None, title="Consultant"), role="co_chair")

    assert actions.end_term(by=table.staff, term=term, until=today).until == today
    assert Event.objects.about(term.seat).count() == 1


def test_a_standing_seat_is_changed_by_staff_alone(table, sign_in):
    """It serves every work group, so those who run one of them leave it alone; their own seats are theirs."""
    seat = SeatFactory(group=None, title="Consultant")
    standing = TermFactory(seat=seat, person=PersonFactory(user=None), email="guest@example.org")
    own = make_term(table.group, "", person=PersonFactory(user=None), email="other@example.org")

    def answers(term: Term) -> list[tuple[int, ...]]:
        pages = [
            _path("term-begin", term.seat.pk), *(_path(f"term-{name}", term.pk) for name in ("end", "role", "invite")),
        ]  # fmt: skip
        who = (table.co_chair, table.secretary, table.staff)
        return [tuple(sign_in(person).get(page).status_code for person in who) for page in pages]

    assert answers(standing) == [(403, 403, 200)] * 4
    assert answers(own) == [(200, 200, 200)] * 4
    linked = [
        _path("term-end", standing.pk) in _html(sign_in(person)) for person in (table.co_chair, table.staff)
    ]
    assert linked == [False, True]


def _html(client) -> str:
    return client.get(_path()).content.decode()


def test_change_of_role(table, sign_in, today):
    term = table.roster.terms.get()
    client = sign_in(table.co_chair)

    same = client.post(_path("term-role", term.pk), {"role": "member", "since": today})
    assert list(same.context["form"].errors) == ["role"]
    early = client.post(_path("term-role", term.pk), {"role": "secretary", "since": "2000-01-01"})
    assert early.status_code == 200
    changed = client.post(_path("term-role", term.pk), {"role": "co_chair", "since": today})

    assert changed.status_code == 302
    assert list(term.seat.terms.order_by("since").values_list("role", "until")) == [
        ("member", today), ("co_chair", None),
    ]  # fmt: skip


def test_hostile_words_are_shown_as_they_are(table, sign_in, today):
    term = make_term(table.group, "<img src=x onerror=alert(1)>")
    html = sign_in(table.co_chair).get(_path()).content.decode()

    assert "<img src=x" not in html
    assert "&lt;img" in html
    typed = {"name": "https://evil.example", "email": "no", "role": "king", "since": today}
    response = sign_in(table.co_chair).post(_path("term-begin", term.seat.pk), typed)
    assert sorted(response.context["form"].errors) == ["email", "name", "role"]
    assert Person.objects.filter(name__contains="evil").count() == 0


def test_a_group_of_which_only_the_standing_seat_is_known(client, site_pages):
    group = GroupFactory(slug="quiet")
    SeatFactory(group=None, title="Consultant")
    for name in ("detail", "roster"):
        html = client.get(reverse(f"groups:{name}", args=[group.slug])).content.decode()
        assert "Consultant" in html
        assert "not named here" in html
        assert "Nobody has published who sits in this group." in html
        assert "vacant" not in html
