"""A change of employer: nothing is overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.actions import affiliations
from members.errors import KindMissing, NotWorkingThere, WorksThereAlready
from members.models import Affiliation, Organization
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import AffiliationFactory, OrganizationFactory
from tests.factories.reference import StakeholderTypeFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
URL = "/en/account/employer/"


@pytest.fixture
def old(cast, site_pages):
    """Where the member has worked for years."""
    affiliation = cast.member.affiliations.get()
    affiliation.since = date(2020, 1, 1)
    affiliation.save()
    return affiliation


def test_moving_takes_one_page_and_old_posts_keep_the_organization_of_their_day(cast, sign_in, old):
    new = OrganizationFactory(name_en="New College")
    post = InitiativeFactory(author=cast.member, author_organization=old.organization)

    response = sign_in(cast.member).post(
        URL,
        {
            "change": "moved",
            "ended": old.pk,
            "organization": "new college",
            "title": "Dean",
            "day": "2026-03-13",
        },
    )

    assert response["Location"] == "/en/account/"
    assert list(cast.member.affiliations.values_list("organization", "title", "since", "until")) == [
        (new.pk, "Dean", date(2026, 3, 13), None),
        (old.organization_id, "Analyst", date(2020, 1, 1), date(2026, 3, 13)),
    ]
    post.refresh_from_db()
    assert post.author_organization == old.organization


def test_one_more_organization_that_nobody_knew(cast, sign_in, old):
    kind = StakeholderTypeFactory()

    sign_in(cast.member).post(
        URL,
        {
            "change": "also",
            "ended": old.pk,
            "organization": "Brand New",
            "kind": kind.pk,
            "day": "2026-01-05",
        },
    )

    named = Organization.objects.get(name_en="Brand New")
    assert (named.is_confirmed, named.kind) == (False, kind)
    assert cast.member.current_affiliations().count() == 2


def test_only_members_say_where_they_work(cast, sign_in, old):
    """An applicant said so in the application, and whoever was declined says so in the next one."""
    people = (cast.member, cast.applicant, cast.declined)

    assert [sign_in(person).get(URL).status_code for person in people] == [200, 403, 403]
    links = [URL in sign_in(person).get("/en/account/").content.decode() for person in people]
    assert links == [True, False, False]


def test_only_ending(cast, sign_in, old):
    sign_in(cast.member).post(
        URL, {"change": "ended", "ended": old.pk, "organization": "left over", "day": "2026-01-05"}
    )

    assert list(cast.member.affiliations.values_list("until", flat=True)) == [date(2026, 1, 5)]
    assert not Organization.objects.filter(name_en="left over").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organization": ""}, "Name the organization where you work now."),
        ({"ended": ""}, "Choose the organization that you left."),
        ({"ended": "999999"}, "Select a valid choice."),
        ({"day": "yesterday"}, "Write the day as year-month-day"),
        ({"day": "1850-01-01"}, "Choose a day in 1950 or later."),
        ({"day": "2019-01-01"}, "You do not work there on that day."),
        ({"organization": "Nobody Knows It"}, "We do not know this organization yet."),
        ({"change": "promoted"}, "Select a valid choice."),
        ({"title": "See https://example.org"}, "not a web address"),
    ],
)
def test_wrong_input_gets_a_sentence_and_changes_nothing(cast, sign_in, old, changes, sentence):
    OrganizationFactory(name_en="New College")
    data = {"change": "moved", "ended": old.pk, "organization": "New College", "day": "2026-03-13", **changes}

    response = sign_in(cast.member).post(URL, data)

    page = response.content.decode()
    assert (response.status_code, sentence in page) == (200, True)
    assert list(cast.member.affiliations.values_list("pk", "until")) == [(old.pk, None)]
    assert problems_of(page) == []


def test_naming_what_somebody_else_named_opens_nothing(cast, sign_in, old):
    """Whoever guesses the name is asked what everybody is asked, and gets an organization of their own."""
    theirs = OrganizationFactory(name_en="Quiet Start", slug="quiet-start", is_confirmed=False)
    AffiliationFactory(person=cast.author, organization=theirs)
    client, day = sign_in(cast.member), "2026-03-13"

    asked = client.post(URL, {"change": "also", "organization": "Quiet Start", "day": day}).content.decode()
    kind = StakeholderTypeFactory()
    client.post(URL, {"change": "also", "organization": "Quiet Start", "kind": kind.pk, "day": day})

    assert "We do not know this organization yet." in asked
    mine = cast.member.affiliations.exclude(pk=old.pk).get().organization
    assert (mine.name_en, mine.pk == theirs.pk) == ("Quiet Start", False)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(mine.get_absolute_url()).status_code == 200


def test_the_future_is_not_known(cast, sign_in, old):
    tomorrow = timezone.localdate() + timedelta(days=1)

    page = (
        sign_in(cast.member).post(URL, {"change": "ended", "ended": old.pk, "day": tomorrow}).content.decode()
    )

    assert "Choose a day that is not in the future." in page


def test_somebody_elses_affiliation_cannot_be_ended(cast, sign_in, old):
    other = cast.author.affiliations.get()

    sign_in(cast.member).post(URL, {"change": "ended", "ended": other.pk, "day": timezone.localdate()})
    with pytest.raises(NotWorkingThere):
        affiliations.change_employer(by=cast.member, day=timezone.localdate(), ended=other)

    assert Affiliation.objects.get(pk=other.pk).until is None


def test_the_action_refuses_what_is_not_possible(cast, old):
    today = timezone.localdate()
    with pytest.raises(WorksThereAlready):
        affiliations.change_employer(by=cast.member, day=today, organization=old.organization.name_en)
    with pytest.raises(KindMissing):
        affiliations.change_employer(by=cast.member, day=today, organization="Unknown")
    affiliations.change_employer(by=cast.member, day=today, ended=old)
    with pytest.raises(NotWorkingThere):
        affiliations.change_employer(by=cast.member, day=today, ended=old)


def test_as_of_any_date(cast, old):
    new = OrganizationFactory()
    AffiliationFactory(person=cast.member, organization=new, since=date(2026, 3, 13))
    old.until = date(2026, 3, 13)
    old.save()

    there = {
        day: list(cast.member.affiliations.on(day).values_list("organization", flat=True))
        for day in (date(2019, 1, 1), date(2026, 3, 12), date(2026, 3, 13))
    }

    assert there == {
        date(2019, 1, 1): [], date(2026, 3, 12): [old.organization_id], date(2026, 3, 13): [new.pk],
    }  # fmt: skip


def test_staff_correct_what_was_typed_wrongly(cast, old):
    affiliations.correct(
        by=cast.staff, affiliation=old, title="Registrar", since=date(2018, 1, 1), until=None
    )

    old.refresh_from_db()
    assert (old.title, old.since) == ("Registrar", date(2018, 1, 1))


def test_in_french(cast, sign_in, old):
    page = sign_in(cast.member).get("/fr/compte/employeur/").content.decode()

    assert "<h1>Changer de lieu de travail</h1>" in page
    assert problems_of(page) == []
