"""Each reader finds first what they come for."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.choices import CommentKind, PostState, PostVisibility
from iqn.portal import homes
from members.choices import MembershipState
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.factories.members import OrganizationFactory, PersonFactory, make_person
from tests.factories.reference import JurisdictionFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db


def _html(client, path="/en/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_splash_page_offers_both_languages():
    html = _html(Client(), "/")

    assert 'href="/en/"' in html
    assert 'href="/fr/"' in html
    assert problems_of(html) == []


@pytest.mark.parametrize(("brand", "sign"), [("neutral", ""), ("gc", ' data-brand="gc"')])
@pytest.mark.parametrize("path", ["/", "/en/", "/en/nothing-here/"])
def test_the_operator_chooses_the_colours(settings, brand, sign, path):
    settings.IQN_BRAND = brand

    html = Client().get(path).content.decode()

    assert f'<html lang="en"{sign}>' in html


def test_the_language_of_the_last_page_is_remembered():
    client = Client()
    client.get("/fr/")

    assert client.get("/")["Location"] == "/fr/"
    assert "iqn_language" not in client.get("/fr/").cookies  # already known
    client.get("/en/")
    assert client.get("/")["Location"] == "/en/"


def test_nothing_is_remembered_from_pages_that_are_not_there():
    client = Client()
    client.get("/fr/nulle-part/")
    client.get("/health/")

    assert client.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["de", "", "<script>", "en\u0000"])
def test_a_damaged_cookie_is_ignored(cookie):
    client = Client()
    client.cookies["iqn_language"] = cookie

    assert client.get("/").status_code == 200


def test_the_account_says_the_language(sign_in):
    person = make_person("Francine", MembershipState.APPROVED, language="fr")

    assert sign_in(person).get("/")["Location"] == "/fr/"


def test_figures_are_counted():
    person = make_person("Mia", MembershipState.APPROVED)
    ns, on, ca = (JurisdictionFactory(code=code) for code in ("NS", "ON", "CA"))
    for place in (ns, ns, on, ca):
        InitiativeFactory(author=person, lead_organization=None).jurisdictions.add(place)
    InitiativeFactory(
        author=person, lead_organization=None, visibility=PostVisibility.MEMBERS
    ).jurisdictions.add(JurisdictionFactory(code="QC"))
    OrganizationFactory(is_confirmed=False)

    figures = Client().get("/en/").context["figures"]

    assert figures == {"initiatives": 4, "organizations": 1, "provinces": 2, "members": 1}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_public_home(language, site_pages):
    html = _html(Client(), f"/{language}/")
    assert problems_of(html) == []
    assert {"en": "No initiative has been published yet", "fr": "Aucune initiative n’a encore été publiée"}[
        language
    ] in html

    InitiativeFactory(title="Bridging", language="en")
    html = _html(Client(), f"/{language}/")

    assert problems_of(html) == []
    assert "Bridging" in html
    assert ("En anglais seulement" in html) is (language == "fr")


def test_drafts_and_members_only_initiatives_stay_off_the_public_home():
    InitiativeFactory(title="Shown")
    InitiativeFactory(title="Secret draft", state=PostState.DRAFT)
    InitiativeFactory(title="Members only", visibility=PostVisibility.MEMBERS)

    html = _html(Client())

    assert "Shown" in html
    assert "Secret draft" not in html
    assert "Members only" not in html


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("role", "template"),
    [
        ("applicant", "portal/home_applicant.html"), ("declined", "portal/home_public.html"),
        ("left", "portal/home_public.html"), ("member", "portal/home_member.html"),
        ("staff", "portal/home_staff.html"),
    ],
)  # fmt: skip
def test_each_has_a_home(cast, sign_in, site_pages, role, template, language):
    response = sign_in(getattr(cast, role)).get(f"/{language}/")

    assert template in [t.name for t in response.templates]
    assert problems_of(response.content.decode()) == []


def test_applicants_read_where_they_stand(cast, sign_in, site_pages):
    waiting = _html(sign_in(cast.applicant))
    declined = _html(sign_in(cast.declined))
    nothing_yet = _html(sign_in(PersonFactory()))

    assert "FCRO staff act next" in waiting
    assert "We aim to answer by" in waiting
    assert "Apply again" not in waiting
    assert "Apply again" in declined
    assert "See your application" in declined
    assert "Apply for membership" in nothing_yet
    assert "See your application" not in nothing_yet


def test_a_question_makes_it_the_applicants_turn(sign_in, site_pages):
    person = make_person("Ada", MembershipState.NEEDS_INFORMATION)

    html = _html(sign_in(person))

    assert "You act next" in html
    assert "We aim to answer by" not in html


def test_members_see_what_is_theirs(cast, sign_in, site_pages):
    mine = InitiativeFactory(author=cast.author, title="My own")
    InitiativeFactory(author=cast.author, title="My draft", state=PostState.DRAFT)
    InitiativeFactory(author=cast.other_author, title="Draft of another", state=PostState.DRAFT)
    CommentFactory(initiative=mine, author=cast.member, text="How **long** did it take?")

    html = _html(sign_in(cast.author))

    assert "How long did it take?" in html
    assert "Mia Member" in html
    assert "My draft" in html
    assert "Draft of another" not in html
    assert "How long" not in _html(sign_in(cast.other_author))


@pytest.mark.parametrize(
    "settled",
    ["answered", "removed", "hidden", "other kind", "own question", "withdrawn"],
)
def test_what_is_no_open_question(cast, sign_in, site_pages, settled):
    mine = InitiativeFactory(author=cast.author)
    CommentFactory(initiative=mine, author=cast.member, text="The open one")
    other = InitiativeFactory(author=cast.author)
    question = CommentFactory(
        initiative=other, text="The settled one",
        author=cast.author if settled == "own question" else cast.member,
        kind=CommentKind.WORKED if settled == "other kind" else CommentKind.QUESTION,
        removed_at=timezone.now() if settled == "removed" else None,
        hidden_at=timezone.now() if settled == "hidden" else None,
        hidden_reason_en="Off topic" if settled == "hidden" else "",
        hidden_reason_fr="Hors sujet" if settled == "hidden" else "",
    )  # fmt: skip
    if settled == "answered":
        CommentFactory(initiative=other, parent=question, author=cast.author, text="A year.")
    if settled == "withdrawn":
        other.state = PostState.WITHDRAWN
        other.save()

    html = _html(sign_in(cast.author))

    assert "The open one" in html
    assert "The settled one" not in html


def test_nothing_needs_a_member(cast, sign_in, site_pages):
    html = _html(sign_in(cast.member))

    assert "Nothing needs you right now" in html
    assert "You have not written anything yet" in html


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("role", "queries"), [(None, 6), ("applicant", 6), ("declined", 9), ("member", 10), ("staff", 10)]
)
def test_queries(cast, sign_in, rows, role, queries, django_assert_num_queries):
    for _n in range(rows):
        initiative = InitiativeFactory(author=cast.member)
        CommentFactory(initiative=initiative, author=cast.author)
        InitiativeFactory(author=cast.member, state=PostState.SUBMITTED)
    client = sign_in(getattr(cast, role) if role else None)

    with django_assert_num_queries(queries):
        assert client.get("/en/").status_code == 200


def test_staff_see_what_waits_with_its_age(cast, sign_in, site_pages):
    make_person("Wanda Waiting", MembershipState.APPLIED)
    application = cast.applicant.applications.get()
    application.state_since = timezone.now() - timedelta(days=9)
    application.save()

    html = _html(sign_in(cast.staff))

    assert html.index("Ada Applicant") < html.index("Wanda Waiting")
    assert "<strong>9 days</strong>" in html
    assert "waiting for 9 days" in html


def test_what_waits_for_its_author_comes_first_however_old_it_is():
    person = make_person("Mia Member", MembershipState.APPROVED)
    now = timezone.now()
    for days in range(homes.OWN_POSTS):
        InitiativeFactory(author=person, state_since=now - timedelta(days=days))
    waiting, newer, sent = (
        InitiativeFactory(
            author=person, state=state, decision_text="Because", state_since=now - timedelta(days=days)
        )
        for state, days in ((PostState.RETURNED, 90), (PostState.DRAFT, 60), (PostState.SUBMITTED, 30))
    )

    posts = homes.own_posts(person)

    assert (posts[:3], len(posts)) == ([newer, waiting, sent], homes.OWN_POSTS)
    assert [post.state_since for post in posts[3:]] == [now - timedelta(days=days) for days in range(5)]
