"""Staff's pages of initiatives: read and decide, describe, hide and show again; reasons for returning."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.actions import initiatives as actions
from initiatives.choices import HideReason, PostState, ReportDecision
from initiatives.forms.staff import HideInitiativeForm, ReturnForm
from initiatives.models import Initiative, ReturnReason
from iqn.history.models import Event
from iqn.pages.models import Guideline
from members.choices import MembershipState
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory, ReturnReasonFactory
from tests.factories.members import UserFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.reference import InitiativeTypeFactory, OccupationFactory, PillarFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(site_pages, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


@pytest.fixture
def author(db):
    return make_person("Amir Author", MembershipState.APPROVED)


@pytest.fixture
def staff(db):
    return make_person("Sam Staff", staff=True)


@pytest.fixture
def client(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def submitted(author) -> Initiative:
    initiative = InitiativeFactory(
        author=author, state=PostState.SUBMITTED, published_at=None, title="To be read"
    )
    initiative.types.add(InitiativeTypeFactory())
    return initiative


def url_of(name: str, *args) -> str:
    return reverse(f"admin:initiatives_initiative_{name}", args=args)


def test_the_list_shows_everything_but_drafts(client, author, submitted):
    InitiativeFactory(author=author, state=PostState.DRAFT, title="Nobody reads this")
    InitiativeFactory(author=None, title="Imported")

    html = client.get(url_of("changelist")).content.decode()

    assert ("To be read" in html, "Imported" in html, "Nobody reads this" in html) == (True, True, False)
    assert (
        "To be read" in client.get(url_of("changelist") + "?state__exact=submitted&q=read").content.decode()
    )


def test_others_do_not_get_in(sign_in, submitted, author):
    for person in (None, author):
        for name in ("review", "publish", "hide", "restore", "change"):
            response = sign_in(person).get(url_of(name, submitted.pk))
            assert response.status_code in (302, 403), name
            assert "To be read" not in response.content.decode()


def test_read_and_publish(client, submitted):
    html = client.get(url_of("review", submitted.pk)).content.decode()
    assert "What is done." in html
    assert "Sent by Amir Author" in html
    assert client.get(url_of("publish", submitted.pk))["Location"] == url_of("review", submitted.pk)

    response = client.post(url_of("publish", submitted.pk), {"version": 1}, follow=True)

    assert "Published; its author is told by mail." in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.is_published
    assert client.get(url_of("review", submitted.pk))["Location"] == url_of("change", submitted.pk)


@pytest.mark.parametrize("version", ["1", "", "x"])
def test_what_changed_while_reading_is_read_again(version, client, submitted, author):
    actions.edit(initiative=submitted, by=author, version=1, values={"title": "Changed"})

    response = client.post(url_of("publish", submitted.pk), {"version": version}, follow=True)

    assert "Please read it again." in response.content.decode()
    submitted.refresh_from_db()
    assert submitted.waits_for_review


def test_return_with_a_reason(client, submitted, deliver):
    reason, repealed = ReturnReasonFactory(), ReturnReasonFactory(clause="P2")
    ClauseFactory(guideline=Guideline.POSTING, number="P1")
    ClauseFactory(guideline=Guideline.POSTING, number="P2", is_repealed=True)
    form = client.post(url_of("review", submitted.pk), {"version": 1})
    assert "This field is required." in form.content.decode()

    refused = client.post(
        url_of("review", submitted.pk), {"version": 1, "reason": repealed.pk, "text": "Mine"}
    )
    assert "its clause of the guidelines is missing" in refused.content.decode()
    assert "Mine" in refused.content.decode()

    response = client.post(
        url_of("review", submitted.pk), {"version": 1, "reason": reason.pk, "text": ""}, follow=True
    )

    assert "Returned to its author" in response.content.decode()
    submitted.refresh_from_db()
    assert (submitted.state, submitted.decision_clause) == (PostState.RETURNED, "P1")
    assert len(deliver()) == 1


def test_the_second_to_decide_is_told(client, submitted):
    client.post(url_of("publish", submitted.pk), {"version": 1})

    response = client.post(url_of("publish", submitted.pk), {"version": 1}, follow=True)

    assert "Somebody else decided first." in response.content.decode()


def test_hide_and_show_again(client, author):
    initiative = InitiativeFactory(author=author)
    assert "Its author reads this." in client.get(url_of("hide", initiative.pk)).content.decode()
    assert "This field is required." in client.post(url_of("hide", initiative.pk)).content.decode()

    client.post(url_of("hide", initiative.pk), {"reason": "It names a patient."})

    initiative.refresh_from_db()
    assert initiative.is_hidden
    change = client.get(url_of("change", initiative.pk)).content.decode()
    assert "Show it again" in change
    assert client.get(url_of("restore", initiative.pk))["Location"] == url_of("change", initiative.pk)
    client.post(url_of("restore", initiative.pk))
    initiative.refresh_from_db()
    assert initiative.is_published


def test_staff_set_tags_and_notes_but_not_texts(client, author):
    initiative = InitiativeFactory(author=author, title="As its author wrote it")
    kind, pillar, midwife = InitiativeTypeFactory(), PillarFactory(), OccupationFactory()
    html = client.get(url_of("change", initiative.pk)).content.decode()
    version = re.search(r'name="stamp" value="(\d+)"', html)[1]
    data = {
        "stamp": version, "types": [kind.pk], "pillars": [pillar.pk], "occupations": [midwife.pk], "to_verify": "Year?",
        "title": "Changed by hand", "all_occupations": "on",
    }  # fmt: skip

    response = client.post(url_of("change", initiative.pk), data)

    assert response.status_code == 302
    initiative.refresh_from_db()
    assert (initiative.title, initiative.to_verify, initiative.version) == (
        "As its author wrote it",
        "Year?",
        2,
    )
    assert list(initiative.pillars.all()) == [pillar]
    itself = {**data, "stamp": 2, "replaced_by": initiative.pk}
    assert "cannot replace itself" in client.post(url_of("change", initiative.pk), itself).content.decode()


def test_a_stale_description_shows_both_and_a_second_save_decides(client, author, staff):
    initiative = InitiativeFactory(author=author)
    first, mine, theirs = InitiativeTypeFactory(), InitiativeTypeFactory(), InitiativeTypeFactory()
    initiative.types.add(first)
    actions.describe(
        initiative=initiative, by=staff, version=1,
        values={"types": [theirs], "to_verify": "Theirs", "all_occupations": True, "confidence": "high"},
    )  # fmt: skip
    data = {"stamp": "1", "types": [mine.pk], "to_verify": "Mine"}

    html = client.post(url_of("change", initiative.pk), data).content.decode()

    meanwhile = "Saved meanwhile by somebody else:<br>"
    for saved in (theirs.name_en, "Theirs", "Yes", "High"):
        assert meanwhile + saved in html, saved
    assert html.count(meanwhile) == 4
    initiative.refresh_from_db()
    assert initiative.to_verify == "Theirs"
    again = {**data, "stamp": re.search(r'name="stamp" value="(\d+)"', html)[1]}
    assert client.post(url_of("change", initiative.pk), again).status_code == 302
    initiative.refresh_from_db()
    assert (initiative.to_verify, list(initiative.types.all())) == ("Mine", [mine])


def test_only_imported_texts_are_edited_by_staff(client, author):
    for person, offered in ((author, False), (None, True)):
        initiative = InitiativeFactory(author=person)
        html = client.get(url_of("change", initiative.pk)).content.decode()
        assert (reverse("initiatives:edit", args=[initiative.identifier]) in html) == offered


def _reason_form(client, reason) -> dict:
    address = reverse("admin:initiatives_returnreason_change", args=[reason.pk])
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.fixture
def clauses():
    for number in ("P1", "P2"):
        ClauseFactory(guideline=Guideline.POSTING, number=number)
    ClauseFactory(guideline=Guideline.MEMBERSHIP, number="M1")
    ClauseFactory(guideline=Guideline.POSTING, number="P3", is_repealed=True)


def test_reasons_for_returning(client, clauses, staff):
    reason = ReturnReasonFactory(key="contact")
    address = reverse("admin:initiatives_returnreason_change", args=[reason.pk])
    assert client.get(reverse("admin:initiatives_returnreason_changelist")).status_code == 200
    assert client.get(reverse("admin:initiatives_returnreason_add")).status_code == 200

    half = client.post(address, {**_reason_form(client, reason), "text_fr": ""})
    saved = client.post(
        address, {**_reason_form(client, reason), "clause": "P2", "title_fr": "B", "title_en": "A"}
    )

    assert list(half.context["adminform"].form.errors) == ["text_fr"]
    assert saved.status_code == 302
    reason = ReturnReason.objects.get()
    assert (reason.key, reason.clause, reason.title_fr) == ("contact", "P2", "B")
    assert Event.objects.about(reason).get().actor == staff


def test_a_reason_whose_clause_was_repealed_keeps_it_until_another_is_chosen(client, clauses):
    reason = ReturnReasonFactory(clause="P3")
    address = reverse("admin:initiatives_returnreason_change", args=[reason.pk])
    data = _reason_form(client, reason)

    refused = client.post(address, {**data, "title_en": "A", "title_fr": "B"}).context["adminform"].form
    retired = client.post(address, {**data, "is_retired": "on"})

    assert data["clause"] == "P3"
    assert [value for value, _label in refused.fields["clause"].choices] == ["", "P1", "P2", "P3"]
    assert refused.errors == {"clause": ["This clause is no longer in force. Choose another one."]}
    assert retired.status_code == 302
    reason.refresh_from_db()
    assert (reason.clause, reason.is_retired) == ("P3", True)


@pytest.mark.parametrize(("form", "name"), [(HideInitiativeForm, "reason"), (ReturnForm, "text")])
def test_line_ends_count_once_and_are_kept_as_one(form, name):
    filled = form({name: "a\r\n" * 1000})

    filled.is_valid()

    assert filled.cleaned_data[name] == "\n".join("a" * 1000)


def test_a_bare_superuser_looks_and_decides_nothing(submitted):
    """An account without a person: nobody would stand in the history."""
    report = ReportFactory()
    comment = CommentFactory(initiative=report.initiative)
    client = Client()
    client.force_login(UserFactory(is_superuser=True), backend="members.backends.AccountBackend")
    tries = [
        (url_of("publish", submitted.pk), {"version": 1}),
        (url_of("hide", report.initiative_id), {"reason": "It names a patient."}),
        (url_of("change", submitted.pk), {"stamp": "1", "to_verify": "Year?"}),
        (reverse("admin:initiatives_comment_change", args=[comment.pk]), {"reason": HideReason.CONDUCT}),
        (reverse("admin:initiatives_report_change", args=[report.pk]), {"decision": ReportDecision.DISMISS}),
    ]

    assert [client.get(url).status_code for url, _data in tries[1:]] == [200] * 4
    assert [client.post(url, data).status_code for url, data in tries] == [403] * 5
    assert Event.objects.count() == 0
