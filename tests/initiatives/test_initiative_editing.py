"""Writing an initiative: six answers are enough, drafts wait on the server, nothing typed is ever lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from initiatives.actions import initiatives as actions
from initiatives.choices import PostState
from initiatives.forms.initiatives import InitiativeForm
from initiatives.models import Initiative
from members.choices import MembershipState
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import OrganizationFactory, make_person
from tests.factories.reference import InitiativeTypeFactory, JurisdictionFactory, OccupationFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pages(site_pages):
    """The footer leads to official pages."""


@pytest.fixture
def author(db):
    return make_person("Amir Author", MembershipState.APPROVED)


@pytest.fixture
def kind(db):
    return InitiativeTypeFactory(slug="mentoring")


@pytest.fixture
def own(author):
    return author.affiliations.get().organization


def url_of(name: str, language: str = "en", **kwargs) -> str:
    with translation.override(language):
        return reverse(f"initiatives:{name}", kwargs=kwargs)


def html_of(response, status: int = 200) -> str:
    assert response.status_code == status, response.headers
    html = response.content.decode()
    assert problems_of(html) == []
    return html


@pytest.fixture
def typed(kind, own):
    def values(**changes):
        return {
            "title": "Mentoring", "summary": "A summary.", "work": "What is done.", "types": [kind.pk],
            "lead_organization": own.pk, "status": "running", "visibility": "public", "language": "en", **changes,
        }  # fmt: skip

    return values


def errors_of(response) -> dict:
    assert response.status_code == 200
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


# --- The journey ---


def test_two_pages_and_three_clicks_after_new(author, sign_in, typed):
    client = sign_in(author)
    html = html_of(client.get(url_of("create")))
    assert f"selected>{author.affiliations.get().organization}</option>" in html

    response = client.post(url_of("create"), typed(do="preview"))
    draft = Initiative.objects.get()
    assert response["Location"] == url_of("draft", key=draft.key)
    preview = html_of(client.get(response["Location"]))
    assert "Send for review" in preview
    assert "What is done." in preview
    version = re.search(r'name="version" value="(\d+)"', preview)[1]
    response = client.post(response["Location"], {"version": version}, follow=True)

    draft.refresh_from_db()
    assert draft.state == PostState.SUBMITTED
    assert response.redirect_chain == [(url_of("detail", identifier=draft.identifier), 302)]
    assert "Staff read your first initiative" in response.content.decode()


def test_later_ones_are_published_at_once(author, sign_in, typed):
    InitiativeFactory(author=author)
    client = sign_in(author)
    client.post(url_of("create"), typed(do="preview"))
    draft = Initiative.objects.get(state=PostState.DRAFT)
    preview = url_of("draft", key=draft.key)

    assert ">Publish</button>" in html_of(client.get(preview))
    response = client.post(preview, {"version": 1}, follow=True)

    assert "Your initiative is published." in html_of(response)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_writing_is_sound(language, author, sign_in, typed):
    client = sign_in(author)
    draft = actions.save_draft(by=author, values={"title": "Début", "language": language})
    posted = InitiativeFactory(author=author)
    posted.types.add(InitiativeTypeFactory())

    html_of(client.get(url_of("create", language)))
    html_of(client.get(url_of("draft-edit", language, key=draft.key)))
    html_of(client.get(url_of("edit", language, identifier=posted.identifier)))
    html_of(client.get(url_of("withdraw", language, identifier=posted.identifier)))
    html_of(client.post(url_of("create", language), {"do": "preview"}))
    preview = html_of(client.get(url_of("draft", language, key=draft.key)))
    assert (">Send for review<" in preview, ">Envoyer pour examen<" in preview) == (False, False)


def test_the_form_costs_the_same_whatever_there_is_to_choose(author, sign_in, django_assert_num_queries):
    client = sign_in(author)
    client.get(url_of("create"))
    counts = []
    for _round in range(2):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(url_of("create"))
        counts.append(len(queries))
        for _number in range(3):
            OccupationFactory()
            OrganizationFactory()

    assert counts[0] == counts[1]
    assert counts[0] <= 12


# --- Drafts ---


def test_a_draft_with_gaps_is_saved_and_comes_back(author, sign_in):
    client = sign_in(author)

    response = client.post(url_of("create"), {"title": "Only a title", "do": "save", "language": "en",
                                              "visibility": "public"}, follow=True)  # fmt: skip

    draft = Initiative.objects.get()
    assert response.redirect_chain == [(url_of("draft-edit", key=draft.key), 302)]
    assert "Your draft is saved." in response.content.decode()
    assert 'value="Only a title"' in html_of(response)
    assert (draft.state, draft.status, draft.lead_organization) == (PostState.DRAFT, "", None)


def test_a_draft_must_still_be_sound(author, sign_in):
    response = sign_in(author).post(
        url_of("create"),
        {"title": "T", "started": "soon", "do": "save", "language": "en", "visibility": "public"},
    )

    assert errors_of(response) == {
        "started": ["Enter a year, a month or a day, such as 2013, 2013-03 or 2013-03-13."]
    }
    assert 'value="soon"' in html_of(response)
    assert Initiative.objects.count() == 0


def test_the_preview_names_what_is_missing_and_offers_no_button(author, sign_in):
    draft = actions.save_draft(by=author, values={"title": "T", "status": "", "language": "en"})
    client = sign_in(author)
    preview = url_of("draft", key=draft.key)

    html = html_of(client.get(preview))

    assert [f"<li>{label}</li>" in html for label in ("Title", "Summary", "Lead organization", "Type", "Status")] == [
        False, True, True, True, True,
    ]  # fmt: skip
    assert "Send for review" not in html
    assert client.post(preview, {"version": 1})["Location"] == preview
    draft.refresh_from_db()
    assert draft.state == PostState.DRAFT


def test_posting_what_has_changed_since_the_preview_shows_it_again(author, sign_in, typed):
    client = sign_in(author)
    client.post(url_of("create"), typed(do="preview"))
    draft = Initiative.objects.get()
    preview = url_of("draft", key=draft.key)
    actions.save_draft(by=author, initiative=draft, version=1, values={"title": "Other"})

    response = client.post(preview, {"version": 1}, follow=True)

    assert "It was changed in the meantime." in html_of(response)
    for odd in ("x", "9" * 5000, "²"):
        assert client.post(preview, {"version": odd})["Location"] == preview
    draft.refresh_from_db()
    assert draft.state == PostState.DRAFT


def test_addresses_of_drafts_lead_on_once_posted(author, sign_in, typed):
    client = sign_in(author)
    client.post(url_of("create"), typed(do="preview"))
    draft = Initiative.objects.get()
    client.post(url_of("draft", key=draft.key), {"version": 1})
    draft.refresh_from_db()

    assert client.get(url_of("draft", key=draft.key))["Location"] == draft.get_absolute_url()
    assert client.get(url_of("draft-edit", key=draft.key))["Location"] == url_of(
        "edit", identifier=draft.identifier
    )


# --- The other language ---


def test_turning_to_the_other_language_saves_the_draft(author, sign_in, typed):
    client = sign_in(author)
    html = html_of(client.get(url_of("create")))
    assert re.search(r'<button form="main-form" name="_lang" value="fr" formnovalidate', html)

    response = client.post(url_of("create"), {**typed(summary=""), "_lang": "fr"})

    draft = Initiative.objects.get()
    assert response["Location"] == url_of("draft-edit", "fr", key=draft.key)
    assert 'value="Mentoring"' in html_of(client.get(response["Location"]))


def test_turning_with_an_error_keeps_what_was_typed(author, sign_in, typed):
    response = sign_in(author).post(url_of("create"), {**typed(started="soon"), "_lang": "fr"})

    html = html_of(response)
    assert '<html lang="fr">' in html
    assert 'value="soon"' in html
    assert f'action="{url_of("create", "fr")}"' in html
    assert Initiative.objects.count() == 0


def test_turning_publishes_nothing(author, sign_in, typed):
    posted = InitiativeFactory(author=author, title="As posted")
    response = sign_in(author).post(
        url_of("edit", identifier=posted.identifier),
        {**typed(title="Half a thought", version=1), "_lang": "fr"},
    )

    html = html_of(response)
    assert 'value="Half a thought"' in html
    posted.refresh_from_db()
    assert posted.title == "As posted"


# --- Answers ---


@pytest.mark.parametrize(
    ("typed_date", "kept"),
    [
        ("2013", "2013"),
        ("2013-3", "2013-03"),
        ("2013/03/13", "2013-03-13"),
        (" 2013-03-13 ", "2013-03-13"),
        ("", ""),
    ],
)
def test_partial_dates(typed_date, kept, author, sign_in, typed):
    sign_in(author).post(url_of("create"), typed(started=typed_date, do="save"))

    assert Initiative.objects.get().started == kept


@pytest.mark.parametrize(
    ("answers", "field", "error"),
    [
        ({"title": ""}, "title", "Enter a title."),
        ({"types": []}, "types", "Choose at least one type."),
        ({"work": " "}, "work", "Say what is done."),
        ({"types": ["x"]}, "types", "“x” is not a valid value."),
        ({"started": "2013-13"}, "started", "There is no such day or month. Enter a date such as 2013-03-13."),
        ({"started": "2013-05", "ended": "2013-04"}, "ended", "It cannot end before it started."),
        ({"sources": "https://example.org/\nnot an address"}, "sources",
         "“not an address” is no web address. Enter one on each line, beginning with https://."),
        ({"sources": "\n".join(f"https://example.org/{n}" for n in range(21))}, "sources",
         "Name at most 20, one on each line."),
        ({"partners": "\n".join("x" * 90 + str(n) for n in range(5))}, "partners",
         "These names are too long: 400 characters at most, links aside."),
        ({"replaced_by": "IQN-9999"}, "replaced_by", "No initiative has this identifier. It looks like IQN-0231."),
        ({"replaced_by": "²"}, "replaced_by", "No initiative has this identifier. It looks like IQN-0231."),
        ({"title": "x" * 151}, "title", "Ensure this value has at most 150 characters (it has 151)."),
        ({"work": "a\x00b"}, "work", "Null characters are not allowed."),
        ({"sources": "a\x00b"}, "sources", "Null characters are not allowed."),
    ],
)  # fmt: skip
def test_wrong_answers_get_a_sentence_beside_the_field(answers, field, error, author, sign_in, typed):
    response = sign_in(author).post(url_of("create"), typed(do="preview", **answers))

    assert errors_of(response) == {field: [error]}
    html_of(response)
    assert Initiative.objects.count() == 0


def test_same_year_may_begin_and_end(author, sign_in, typed):
    sign_in(author).post(url_of("create"), typed(started="2013-05", ended="2013", do="save"))

    assert Initiative.objects.get().ended == "2013"


def test_partners_are_found_by_name_or_acronym_in_either_language(author, sign_in, typed):
    college = OrganizationFactory(name_en="College of Midwives", name_fr="Ordre des sages-femmes", acronym_en="CMX",
                                  acronym_fr="OSX")  # fmt: skip
    other = OrganizationFactory(name_en="Other", name_fr="École")
    hidden = OrganizationFactory(name_en="Not confirmed", name_fr="Pas confirmé", is_confirmed=False)
    lines = "ordre des SAGES-FEMMES\r\nOSX\r\necole\r\nTwo hospitals\r\nNot confirmed\r\n"

    client = sign_in(author)
    client.post(url_of("create"), typed(partners=lines, do="save"))

    saved = Initiative.objects.get()
    assert set(saved.partners.all()) == {college, other}
    assert hidden not in saved.partners.all()
    assert saved.other_partners == "Two hospitals; Not confirmed"
    html = html_of(client.get(url_of("draft-edit", key=saved.key)))
    assert "Two hospitals\nNot confirmed</textarea>" in html


def test_an_acronym_of_two_is_nobodys_and_a_partner_stays_the_one_it_is(author, sign_in, typed):
    first, second = (OrganizationFactory(name_en="Board of Examiners", acronym_en="BEX") for _ in range(2))
    client = sign_in(author)
    client.post(url_of("create"), typed(partners="BEX", do="save"))
    saved = Initiative.objects.get()
    assert (list(saved.partners.all()), saved.other_partners) == ([], "BEX")
    saved.partners.add(second)

    client.post(
        url_of("draft-edit", key=saved.key), typed(partners="Board of Examiners", version=1, do="save")
    )

    assert list(saved.partners.all()) == [second]


def test_line_ends_of_browsers_do_not_count_as_changes(author, sign_in, typed):
    client = sign_in(author)
    client.post(url_of("create"), typed(work="One\r\n\r\nTwo", do="save"))
    draft = Initiative.objects.get()
    assert draft.work == "One\n\nTwo"

    client.post(url_of("draft-edit", key=draft.key), typed(work="One\r\n\r\nTwo", version=1, do="save"))

    draft.refresh_from_db()
    assert draft.version == 1


def test_everything_that_can_be_answered_is_kept(author, sign_in, typed, kind):
    later = InitiativeFactory()
    midwife, province = OccupationFactory(slug="midwife"), JurisdictionFactory(code="NS")
    answers = typed(
        occupations=[midwife.pk], all_occupations="on", jurisdictions=[province.pk], pan_canadian="on",
        problem="P", results="R", results_basis="claimed", lessons="L", status_as_of="2026-01", started="2025",
        ended="2026", replaced_by=f" {later.identifier.lower()} ", website="example.org", contact="Registrar",
        sources="https://example.org/a\nhttps://example.org/b", offered_in="en,fr", visibility="members",
        other_title="Mentorat", other_summary="Un résumé.", do="save",
    )  # fmt: skip

    client = sign_in(author)
    client.post(url_of("create"), answers)

    saved = Initiative.objects.get(author=author)
    assert list(saved.occupations.all()) == [midwife]
    assert list(saved.jurisdictions.all()) == [province]
    assert (saved.all_occupations, saved.pan_canadian, saved.replaced_by) == (True, True, later)
    assert saved.website == "https://example.org"
    assert saved.sources == ["https://example.org/a", "https://example.org/b"]
    assert (saved.results_basis, saved.offered_in, saved.visibility) == ("claimed", "en,fr", "members")
    assert (saved.translation.title, saved.translation.language) == ("Mentorat", "fr")
    # Sending the very form back changes nothing
    form = InitiativeForm(user=author.user, initiative=saved)
    data = {name: form[name].value() for name in form.fields}
    data = {k: ("" if v is None else [str(x) for x in v] if isinstance(v, list) and k not in ("sources", "partners") else
                "\n".join(map(str, v)) if isinstance(v, list) else v) for k, v in data.items()}  # fmt: skip
    data = {k: v for k, v in data.items() if v is not False}
    client.post(url_of("draft-edit", key=saved.key), {**data, "do": "save"})
    saved.refresh_from_db()
    assert saved.version == 1


def test_a_retired_value_stays_where_it_was_chosen(author, sign_in, kind):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(kind)
    InitiativeTypeFactory(slug="also-retired", is_retired=True)
    kind.is_retired = True
    kind.save()

    form = InitiativeForm(user=author.user, initiative=initiative)

    assert list(form.fields["types"].queryset) == [kind]
    assert list(InitiativeForm(user=author.user).fields["types"].queryset) == []


def test_a_new_date_is_no_estimate_any_more(author):
    initiative = InitiativeFactory(
        author=author, started="2010", started_estimated=True, ended="2012", ended_estimated=True
    )
    initiative.types.add(InitiativeTypeFactory())
    stored = InitiativeForm(user=author.user, initiative=initiative)
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name in stored.fields:
        value = stored[name].value()
        data.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value or "")])
    data["started"] = "2011"
    data.pop("all_occupations"), data.pop("pan_canadian")
    form = InitiativeForm(data, user=author.user, initiative=initiative)
    assert form.is_valid(), form.errors

    values = form.values()

    assert (values["started"], values["started_estimated"], "ended_estimated" in values) == (
        "2011",
        False,
        False,
    )


# --- Editing what was posted ---


def test_edit_of_a_posted_one_appears_at_once(author, sign_in, typed):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())
    client = sign_in(author)
    address = url_of("edit", identifier=initiative.identifier)
    assert "Save changes" in html_of(client.get(address))

    response = client.post(address, typed(title="New title", version=1, do="save"), follow=True)

    assert response.redirect_chain == [(initiative.get_absolute_url(), 302)]
    assert "Your changes are saved." in html_of(response)
    assert "New title" in response.content.decode()


def test_a_posted_one_may_not_lose_a_required_answer(author, sign_in, typed):
    initiative = InitiativeFactory(author=author, title="As posted")
    response = sign_in(author).post(
        url_of("edit", identifier=initiative.identifier), typed(title="", version=1, do="save")
    )

    assert errors_of(response) == {"title": ["Enter a title."]}


def test_a_returned_one_is_changed_previewed_and_sent_again(author, sign_in, typed):
    initiative = InitiativeFactory(
        author=author,
        state=PostState.RETURNED,
        decision_text="Name the year.",
        decision_clause="P9",
        published_at=None,
    )
    client = sign_in(author)
    assert "Name the year." in html_of(client.get(initiative.get_absolute_url()))
    address = url_of("edit", identifier=initiative.identifier)
    assert "Name the year." in html_of(client.get(address))

    response = client.post(address, typed(version=1, do="preview"))

    assert response["Location"] == url_of("draft", key=initiative.key)
    html_of(client.get(response["Location"]))
    client.post(response["Location"], {"version": 2})
    initiative.refresh_from_db()
    assert initiative.state == PostState.SUBMITTED


@pytest.mark.parametrize("version", [1, "", "x", 99])
def test_a_stale_form_shows_both_texts_and_loses_nothing(version, author, sign_in, typed):
    initiative = InitiativeFactory(author=author, title="As I saw it", summary="Same words here.")
    initiative.types.add(InitiativeTypeFactory(slug="other"))
    actions.edit(initiative=initiative, by=author, version=1, values={"title": "As they saved it"})
    client = sign_in(author)
    address = url_of("edit", identifier=initiative.identifier)

    response = client.post(address, typed(title="As I typed it", version=version, do="save"))
    if version == "x":  # a form that was tampered with says so
        assert errors_of(response) == {"version": ["Enter a whole number."]}
        return

    html = html_of(response, status=409)
    assert "As <del>they</del> <del>saved</del> it" in html
    assert "As <ins>I</ins> <ins>typed</ins> it" in html
    assert 'value="As I typed it"' in html
    assert '<input type="hidden" name="version" value="2"' in html
    initiative.refresh_from_db()
    assert (initiative.title, initiative.version) == ("As they saved it", 2)
    # "Keep mine": the form that is shown saves on top of what is there now
    client.post(address, typed(title="As I typed it", version=2, do="save"))
    initiative.refresh_from_db()
    assert (initiative.title, initiative.version) == ("As I typed it", 3)


def test_a_long_text_made_to_be_slow_is_shown_whole(author, sign_in, typed):
    """Texts of other people wait behind the comparison: what it costs is bounded, whatever is sent."""
    saved, sent = (mark.join("abcdefghijklmnopqrstuvwxyz" * 77) for mark in "!?")
    initiative = InitiativeFactory(author=author, work=saved)
    initiative.types.add(InitiativeTypeFactory(slug="other"))
    actions.edit(initiative=initiative, by=author, version=1, values={"summary": "Another."})

    response = sign_in(author).post(
        url_of("edit", identifier=initiative.identifier), typed(work=sent, version=1, do="save")
    )

    assert f"<ins>{sent[1:-1]}</ins>" in html_of(response, status=409)
    assert f"<del>{saved[1:-1]}</del>" in html_of(response, status=409)


def test_the_conflict_page_in_french(author, sign_in, typed):
    draft = actions.save_draft(by=author, values={"title": "A", "language": "en"})
    actions.save_draft(by=author, initiative=draft, version=1, values={"title": "B", "all_occupations": True})

    html = html_of(
        sign_in(author).post(
            url_of("draft-edit", "fr", key=draft.key), typed(title="C", version=1, do="save")
        ),
        409,
    )

    assert "Une autre personne a enregistré pendant que vous écriviez" in html


def test_two_equal_texts_are_no_conflict_to_resolve(author, sign_in, typed):
    client = sign_in(author)
    client.post(url_of("create"), typed(do="save"))
    draft = Initiative.objects.get()
    client.post(url_of("draft-edit", key=draft.key), typed(title="Same", version=1, do="save"))

    html = html_of(
        client.post(url_of("draft-edit", key=draft.key), typed(title="Same", version=1, do="save")), 409
    )

    assert "Both texts are the same." in html


def test_what_is_one_line_keeps_no_line_break(author, sign_in, typed):
    sign_in(author).post(
        url_of("create"),
        typed(
            do="save",
            title="Two\r\nlines",
            other_title=" Deux\tlignes\n",
            contact="Registrar,\nhttps://example.org/",
        ),
    )

    draft = Initiative.objects.get()
    assert (draft.title, draft.translation.title) == ("Two lines", "Deux lignes")
    assert draft.contact == "Registrar, https://example.org/"


def test_withdrawing(author, sign_in):
    initiative = InitiativeFactory(author=author)
    client = sign_in(author)
    address = url_of("withdraw", identifier=initiative.identifier)
    assert "Withdraw this initiative?" in html_of(client.get(address))

    response = client.post(address, follow=True)

    assert "Your initiative is withdrawn." in html_of(response)
    assert "nothing to withdraw" in html_of(client.post(address, follow=True))
    assert "Back to the initiative" in html_of(client.get(address))


@pytest.mark.parametrize("state", [MembershipState.APPLIED, MembershipState.DECLINED])
def test_who_is_no_member_any_more_reads_what_they_wrote_and_changes_nothing(state, author, sign_in):
    """An approval may be taken back, and the account stays."""
    posted = InitiativeFactory(author=author)
    draft = InitiativeFactory(author=author, state=PostState.DRAFT, number=None)
    reading = [posted.get_absolute_url(), url_of("history", identifier=posted.identifier)]
    writing = [
        url_of("create"), url_of("edit", identifier=posted.identifier), url_of("draft-edit", key=draft.key),
        url_of("withdraw", identifier=posted.identifier), url_of("draft", key=draft.key),
    ]  # fmt: skip

    def answers() -> list[list[int]]:
        return [[sign_in(author).get(page).status_code for page in pages] for pages in (reading, writing)]

    assert answers() == [[200] * 2, [200] * 5]
    author.applications.update(state=state, decline_clause="M1")
    author.refresh_from_db()

    assert answers() == [[200] * 2, [403] * 5]
    posted.refresh_from_db()
    assert sign_in(author).post(writing[3]).status_code == 403
    assert posted.state == PostState.PUBLISHED


@pytest.mark.parametrize("work", ["What is done.", ""])
def test_staff_edit_imported_ones_in_the_portal(work, sign_in, typed):
    """No source may say what is done; whoever posts their own must."""
    staff = make_person("Sam Staff", staff=True)
    initiative = InitiativeFactory(author=None, work=work)
    address = url_of("edit", identifier=initiative.identifier)
    client = sign_in(staff)
    html_of(client.get(address))

    client.post(address, typed(title="By staff", work=work, version=1, do="save"))

    initiative.refresh_from_db()
    assert initiative.title == "By staff"
