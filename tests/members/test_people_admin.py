"""People, organizations and accounts in the staff pages."""

from __future__ import annotations

import pytest

from iqn.history.models import Event
from members.actions import organizations, people
from members.errors import HalfNamed
from members.models import Affiliation, Organization, Person, User
from tests.factories.members import OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cast, site_pages, sign_in):
    return sign_in(cast.staff)


def _filled(client, url: str, **changes) -> dict:
    """The form of a change page as a browser would send it back."""
    form = client.get(url).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**values, **changes}.items() if value not in (None, False)}


@pytest.mark.parametrize("model", ["organization", "person", "affiliation", "user"])
def test_lists_are_for_staff(cast, sign_in, staff, model):
    url = f"/admin/members/{model}/"

    assert [staff.get(url).status_code, staff.get(url + "?q=mia").status_code] == [200, 200]
    assert [sign_in(p).get(url).status_code for p in (None, cast.applicant, cast.member)] == [302, 302, 302]


def test_an_organization_is_confirmed_from_the_list(cast, staff):
    new, half = OrganizationFactory(is_confirmed=False), OrganizationFactory(is_confirmed=False, name_fr="")
    known = OrganizationFactory()

    page = staff.post(
        "/admin/members/organization/", {"action": "confirm", "_selected_action": [new.pk, known.pk, half.pk]}, follow=True
    ).content.decode()  # fmt: skip

    assert "1 organization confirmed." in page
    assert f"“{half.name_en}” is named in one language only" in page
    assert not Organization.objects.get(pk=half.pk).is_confirmed
    assert Organization.objects.get(pk=new.pk).is_confirmed
    assert [e.actor for e in Event.objects.about(new)] == [cast.staff]


def test_confirming_twice_is_told_once(cast):
    row = OrganizationFactory(is_confirmed=False)

    for _ in range(2):
        organizations.confirm(by=cast.staff, organization=row)

    assert Event.objects.about(row).count() == 1


def test_who_is_confirmed_stands_in_both_languages_whoever_calls(cast):
    row, half = OrganizationFactory(), OrganizationFactory.build(name_fr="", kind=None)

    with pytest.raises(HalfNamed):
        organizations.change(by=cast.staff, organization=row, stamp=row.stamp, values={"name_fr": ""})
    with pytest.raises(HalfNamed):
        organizations.add(by=cast.staff, organization=half)

    row.refresh_from_db()
    assert row.is_complete_in_both


def test_an_organization_is_written_as_a_pair(cast, staff):
    row = OrganizationFactory(is_confirmed=False, name_fr="")
    url = f"/admin/members/organization/{row.pk}/change/"

    half = staff.post(url, _filled(staff, url, is_confirmed="on"))
    whole = staff.post(
        url, _filled(staff, url, is_confirmed="on", name_fr="Organisme", website="example.org")
    )

    row.refresh_from_db()
    assert (half.status_code, whole.status_code) == (200, 302)
    assert (row.name_fr, row.is_confirmed, row.website, row.version) == (
        "Organisme",
        True,
        "https://example.org",
        2,
    )


def test_an_organization_is_added(staff):
    kind = OrganizationFactory().kind

    answer = staff.post(
        "/admin/members/organization/add/",
        {"name_en": "Board", "name_fr": "Conseil", "kind": kind.pk, "slug": "board", "is_confirmed": "on"},
    )

    assert answer.status_code == 302
    assert Organization.objects.get(slug="board").name_fr == "Conseil"


def test_a_person_is_corrected_and_contact_details_are_only_read(cast, staff):
    url = f"/admin/members/person/{cast.member.pk}/change/"

    answer = staff.post(url, _filled(staff, url, name="Mia Membre", phone="902 555-0100"))

    person = Person.objects.get(pk=cast.member.pk)
    assert (answer.status_code, person.name, person.phone, person.version) == (302, "Mia Membre", "", 2)


def test_a_person_who_saved_meanwhile_is_not_overwritten(cast, staff):
    url = f"/admin/members/person/{cast.member.pk}/change/"
    data = _filled(staff, url, name="Typed by staff")
    people.edit_profile(by=cast.member, person=cast.member, expected_version=1, name="Typed by Mia")

    answer = staff.post(url, data)

    page = answer.content.decode()
    assert "Somebody else saved this row while you wrote." in page
    assert page.count("Saved meanwhile by somebody else:<br>") == 1
    assert "Saved meanwhile by somebody else:<br>Typed by Mia" in page
    assert Person.objects.get(pk=cast.member.pk).name == "Typed by Mia"
    again = {**data, "stamp": answer.context["adminform"].form["stamp"].value()}
    assert staff.post(url, again).status_code == 302
    assert Person.objects.get(pk=cast.member.pk).name == "Typed by staff"


@pytest.mark.parametrize(("standing", "names"), [("declined", ["Dora Declined"]), ("none", ["Sam Staff"])])
def test_people_by_membership(cast, staff, standing, names):
    found = staff.get(f"/admin/members/person/?membership={standing}").context["cl"].queryset

    assert [p.name for p in found] == names


def test_people_are_found_by_name_and_by_address(cast, staff):
    found = [
        [p.name for p in staff.get("/admin/members/person/", {"q": words}).context["cl"].queryset]
        for words in ("MIA", "mia.member@", "nobody")
    ]

    assert found == [["Mia Member"], ["Mia Member"], []]


def test_an_affiliation_is_corrected(cast, staff):
    row = cast.member.affiliations.get()
    url = f"/admin/members/affiliation/{row.pk}/change/"

    staff.post(url, _filled(staff, url, title="Registrar", until="2099-01-01"))

    row = Affiliation.objects.get(pk=row.pk)
    assert (row.title, str(row.until)) == ("Registrar", "2099-01-01")


def test_accounts_are_closed_and_opened(cast, staff):
    chosen = [cast.member.user_id, cast.staff.user_id]

    closing = staff.post(
        "/admin/members/user/", {"action": "close_accounts", "_selected_action": chosen}, follow=True
    )
    closed = dict(User.objects.filter(pk__in=chosen).values_list("pk", "is_active"))
    staff.post("/admin/members/user/", {"action": "open_accounts", "_selected_action": chosen})

    assert closed == {cast.member.user_id: False, cast.staff.user_id: True}
    assert "Staff accounts are closed by another member of staff." in closing.content.decode()
    assert User.objects.get(pk=cast.member.user_id).is_active


def test_nothing_is_typed_into_accounts(cast, staff):
    url = f"/admin/members/user/{cast.member.user_id}/change/"

    staff.post(url, {"email": "other@example.org", "is_superuser": "on"})

    account = User.objects.get(pk=cast.member.user_id)
    assert (account.email, account.is_superuser) == ("mia.member@example.org", False)
    assert staff.get("/admin/members/user/add/").status_code == 403
