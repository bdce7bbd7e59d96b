"""What waits for staff, on one page, oldest first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from initiatives.choices import PostState
from iqn.mail.models import Message
from iqn.portal import queue
from iqn.portal.ages import age_words
from members.choices import MembershipState
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory
from tests.factories.members import make_person
from tests.factories.pages import PageFactory
from tests.factories.reference import StageFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _days_ago(days: float):
    return NOW - timedelta(days=days)


@pytest.fixture
def one_of_each(cast):
    """One thing of each kind, the report oldest."""
    application = cast.applicant.applications.get()
    application.state_since = _days_ago(3)
    application.save()
    post = InitiativeFactory(
        author=cast.author, title="First post", state=PostState.SUBMITTED, state_since=_days_ago(9)
    )
    comment = CommentFactory(
        initiative=InitiativeFactory(author=cast.author, title="Reported"), author=cast.member
    )
    report = ReportFactory(
        initiative=comment.initiative, comment=comment, reporter=cast.other_author, created_at=_days_ago(11)
    )
    page = PageFactory(key="x", title_en="Half a page", title_fr="", translation_wanted_since=_days_ago(2))
    letter = Message.objects.create(
        event="portal.staff_waited_for",
        address="a@example.org",
        language="en",
        state="unsure",
        created_at=_days_ago(1.2),
    )
    return application, post, report, page, letter


def _titles(found) -> list[str]:
    return [waiting.row.title for waiting in found.rows]


def test_oldest_first_over_all_kinds(one_of_each):
    found = queue.look(50, now=NOW)

    assert _titles(found) == ["Reported", "First post", "Ada Applicant", "Half a page", "a@example.org"]
    assert [w.age for w in found.rows] == ["11 days", "9 days", "3 days", "2 days", "1 day"]
    assert [w.is_late for w in found.rows] == [True, True, False, False, True]
    assert [(s.kind.name, s.count, s.oldest_age) for s in found.summaries] == [
        ("applications", 1, "3 days"), ("first-posts", 1, "9 days"), ("reports", 1, "11 days"),
        ("translations", 1, "2 days"), ("letters", 1, "1 day"),
    ]  # fmt: skip
    assert found.total == 5


def test_each_leads_to_where_it_is_decided(one_of_each, sign_in, cast):
    application, post, report, page, letter = one_of_each

    urls = [w.row.url for w in queue.look(50, now=NOW).rows]

    assert urls == [
        reverse("admin:initiatives_report_change", args=[report.pk]),
        reverse("admin:initiatives_initiative_review", args=[post.pk]),
        reverse("admin:members_membershipapplication_change", args=[application.pk]),
        f"/en/needs-you/translations/pages.page/{page.pk}/title_fr/",
        reverse("admin:mail_message_change", args=[letter.pk]),
    ]
    client = sign_in(cast.staff)
    assert [client.get(url).status_code for url in urls] == [200] * 5


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page(one_of_each, sign_in, cast, language):
    with translation.override(language):
        response = sign_in(cast.staff).get(reverse("portal:queue"))

    html = response.content.decode()
    assert problems_of(html) == []
    assert {"en": "What needs you", "fr": "Ce qui vous attend"}[language] in html
    assert (
        html.index("Reported")
        < html.index("First post")
        < html.index("Ada Applicant")
        < html.index("Half a page")
    )


def test_one_kind_alone(one_of_each, sign_in, cast):
    client = sign_in(cast.staff)

    assert _titles(client.get("/en/needs-you/?kind=reports").context["queue"]) == ["Reported"]
    assert len(client.get("/en/needs-you/?kind=nonsense%00'").context["queue"].rows) == 5


def test_a_long_queue_says_what_it_hides(cast, sign_in, monkeypatch):
    monkeypatch.setattr("iqn.portal.views.queue.SHOWN", 2)
    for name in ("Bo", "Cy", "Di"):
        make_person(name, MembershipState.APPLIED)

    html = sign_in(cast.staff).get("/en/needs-you/").content.decode()

    assert "4 things wait" in html
    assert "2 younger ones are not shown." in html


def test_nothing_waits(sign_in):
    staff = make_person("Sam", staff=True)

    html = sign_in(staff).get("/en/needs-you/").content.decode()

    assert "Nothing waits for you" in html
    assert problems_of(html) == []


def test_what_is_settled_does_not_wait(cast):
    make_person("Quentin", MembershipState.NEEDS_INFORMATION)  # the applicant acts next
    PageFactory(key="whole")
    InitiativeFactory(author=cast.author)
    ReportFactory(state="dismissed", decided_at=NOW, outcome_en="Fine.", outcome_fr="Rien à redire.")
    Message.objects.create(event="x", address="a@example.org", language="en", state="sent")

    assert _titles(queue.look(50)) == ["Ada Applicant"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(cast, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        make_person(f"Person {number}", MembershipState.APPLIED)
        InitiativeFactory(state=PostState.SUBMITTED)
        ReportFactory(comment=CommentFactory())
        PageFactory(title_fr="")
        StageFactory(name_fr="")
        Message.objects.create(event="x", address="a@example.org", language="en", state="failed")
    client = sign_in(cast.staff)

    with django_assert_num_queries(7):
        assert len(client.get("/en/needs-you/").context["queue"].rows) == 6 * rows + 1


@pytest.mark.parametrize("role", ["member", "applicant", "left"])
def test_it_is_for_staff(cast, sign_in, role):
    assert sign_in(getattr(cast, role)).get("/en/needs-you/").status_code == 403


@pytest.mark.parametrize(
    ("waited", "en", "fr"),
    [
        (timedelta(minutes=-5), "under 1 hour", "moins d’une heure"),
        (timedelta(minutes=59), "under 1 hour", "moins d’une heure"),
        (timedelta(hours=1), "1 hour", "1 heure"),
        (timedelta(hours=23, minutes=59), "23 hours", "23 heures"),
        (timedelta(days=1), "1 day", "1 jour"),
        (timedelta(days=40), "40 days", "40 jours"),
    ],
)
def test_ages(waited, en, fr):
    with translation.override("en"):
        assert age_words(NOW - waited, NOW) == en
    with translation.override("fr"):
        assert age_words(NOW - waited, NOW) == fr
