"""The conversation on an initiative as people see it: post, answer, report, decide; with and without scripts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from initiatives.choices import CommentKind, ReportDecision
from initiatives.models import Comment, Report
from tests.browser.axe import problems
from tests.browser.journey import press
from tests.factories.initiatives import CommentFactory, ReportFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = """We tried this in two provinces.

- it took **four** months
- a mentor met each midwife every week

> The hardest part was the first month.

More at https://example.org/a-very-long-address/that-does-not-break/anywhere-on-a-narrow-telephone-screen
"""


@pytest.fixture
def conversation(world):
    """One of each kind, with replies."""
    first = CommentFactory(
        initiative=world.initiative, author=world.other_author, kind=CommentKind.WORKED, text=LONG,
        author_organization=world.organization,
    )  # fmt: skip
    reply = CommentFactory(
        initiative=world.initiative, author=world.member, parent=first, text="Merci!", language="fr"
    )
    CommentFactory(
        initiative=world.initiative, author=world.author, parent=first, answers=reply, text="Welcome."
    )
    for kind in (CommentKind.CONCERN, CommentKind.ADAPT, CommentKind.PARTNER):
        CommentFactory(
            initiative=world.initiative, author=world.other_author, kind=kind, text="A sentence or two."
        )
    return world


def sound(page) -> None:
    assert problems(page) == []


@pytest.mark.parametrize("js", [True, False])
def test_find_comment_answer(conversation, open_page, js):
    """Two pages and three clicks from the initiative to a posted comment, four to an answer."""
    world = conversation
    page = open_page(world.member, js=js)
    page.goto(world.initiative.get_absolute_url())
    page.get_by_label("This worked for us").check()
    page.get_by_label("Your comment").fill("It worked for *us* too.")
    press(page.get_by_role("button", name="Post the comment"))

    comment = Comment.objects.latest("pk")
    assert page.url.endswith(f"{world.initiative.get_absolute_url()}#{comment.anchor}")
    assert page.get_by_text("Your comment is posted.").is_visible()

    press(page.get_by_role("link", name="Reply (comment by Olga Other)").first)
    page.get_by_label("Your reply").fill("Which two provinces?")
    press(page.get_by_role("button", name="Post the reply"))
    assert page.get_by_text("Your reply is posted.").is_visible()
    assert page.locator("article article", has_text="Which two provinces?").is_visible()


def test_report_and_decide(conversation, open_page):
    """Staff decide from the queue in three clicks."""
    world = conversation
    page = open_page(world.author)
    page.goto(reverse("initiatives:comment-report", args=[world.initiative.identifier, world.comment.pk]))
    page.get_by_label("It attacks or insults somebody").check()
    press(page.get_by_role("button", name="Send the report"))
    assert page.get_by_text("Your report is with staff").is_visible()

    staff = open_page(world.staff)
    staff.goto(reverse("admin:initiatives_report_changelist"))
    press(staff.get_by_role("link", name="Comment by Mia Member"))
    staff.get_by_label("Uphold, and hide the comment").check()
    press(staff.get_by_role("button", name="Decide and send"))
    assert staff.get_by_text("Decided. The outcome is mailed to both sides.").is_visible()
    assert Report.objects.get(comment=world.comment).measure == "hidden"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [1280, 390])
def test_looks_and_axe(conversation, open_page, shoot, language, width):
    from django.utils import translation

    world = conversation
    ReportFactory(initiative=world.initiative, comment=world.comment, reporter=world.author, text="Line two.")
    for person in (world.staff, world.member):
        person.language = language
        person.save()
    with translation.override(language):
        number, pk = world.initiative.identifier, world.comment.pk
        pages = {
            "anonymous": (None, world.initiative.get_absolute_url()),
            "member": (world.member, world.initiative.get_absolute_url()),
            "staff": (world.staff, world.initiative.get_absolute_url()),
            "empty": (world.member, world.others_initiative.get_absolute_url()),
            "detail": (world.author, reverse("initiatives:comment-detail", args=[number, world.reply.pk])),
            "create": (world.member, reverse("initiatives:comment-create", args=[number])),
            "reply": (world.author, reverse("initiatives:comment-reply", args=[number, pk])),
            "edit": (world.member, reverse("initiatives:comment-edit", args=[number, pk])),
            "remove": (world.member, reverse("initiatives:comment-remove", args=[number, pk])),
            "hide": (world.staff, reverse("initiatives:comment-hide", args=[number, pk])),
            "restore": (world.staff, reverse("initiatives:comment-hide", args=[number, world.hidden_comment.pk])),
            "report": (world.other_author, reverse("initiatives:comment-report", args=[number, pk])),
            "reported": (world.author, reverse("initiatives:comment-report", args=[number, pk])),
            "queue": (world.staff, reverse("admin:initiatives_report_changelist")),
            "decision": (world.staff, reverse("admin:initiatives_report_change", args=[world.report.pk])),
            "comments": (world.staff, reverse("admin:initiatives_comment_changelist")),
            "comment": (world.staff, reverse("admin:initiatives_comment_change", args=[pk])),
        }  # fmt: skip
    for name, (person, url) in pages.items():
        page = open_page(person, width=width)
        page.goto(url)
        shoot(page, f"{name}-{language}-{width}")
        if name not in ("queue", "comments"):  # stock lists of the admin
            sound(page)
        if name in ("create", "reply", "report"):
            press(page.locator("main form button.btn"))
            shoot(page, f"{name}-errors-{language}-{width}")
            sound(page)
    page = open_page(world.staff, width=width)
    report = Report.objects.get(comment=world.comment)
    page.goto(reverse("admin:initiatives_report_change", args=[report.pk]))
    page.locator(f"input[value={ReportDecision.HIDE}]").check()
    press(page.locator("button[name=preview]"))
    shoot(page, f"preview-{language}-{width}")
    sound(page)
