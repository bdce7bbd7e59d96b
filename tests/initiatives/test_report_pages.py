"""Reporting from the pages, and the staff's queue of reports and comments in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from initiatives.choices import ReportState
from initiatives.models import Comment, Report
from iqn.mail.models import Message
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db

QUEUE = "/admin/initiatives/report/"


def report_address(target, language: str = "en") -> str:
    with translation.override(language):
        if isinstance(target, Comment):
            return reverse("initiatives:comment-report", args=[target.initiative.identifier, target.pk])
        return reverse("initiatives:report", args=[target.identifier])


def decision_page(report) -> str:
    return reverse("admin:initiatives_report_change", args=[report.pk])


def comment_page(comment) -> str:
    return reverse("admin:initiatives_comment_change", args=[comment.pk])


@pytest.fixture
def reported(world):
    return ReportFactory(
        initiative=world.initiative, comment=world.comment, reporter=world.author, reason="conduct",
        text="Look at the second sentence.",
    )  # fmt: skip


# --- Reporting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["comment", "initiative"])
def test_a_report_is_acknowledged_and_not_asked_for_twice(world, sign_in, what):
    client = sign_in(world.other_author)
    target = getattr(world, what)
    data = {"reason": "conduct", "text": "Look at line two."}
    assert problems_of(client.get(report_address(target)).content.decode()) == []

    response = client.post(report_address(target), data)
    report = Report.objects.latest("pk")
    assert (response["Location"], report.reporter, report.text) == (
        target.get_absolute_url(), world.other_author, "Look at line two.",
    )  # fmt: skip
    page = client.get(target.get_absolute_url()).content.decode()
    assert "Your report is with staff, who decide what to do. You will get the outcome by mail." in page

    again = client.get(report_address(target)).content.decode()
    assert "It attacks or insults somebody. Staff act next, and you will get the outcome by mail." in again
    assert "<textarea" not in again
    assert client.post(report_address(target), data)["Location"] == report_address(target)
    assert Report.objects.filter(reporter=world.other_author).count() == 1


def test_errors_of_a_report(world, sign_in):
    client = sign_in(world.author)
    url = report_address(world.comment)

    assert client.post(url, {}).content.decode().count("Choose what is wrong.") == 2
    html = client.post(url, {"reason": "other", "text": " "}).content.decode()
    assert html.count("Say what is wrong, since none of the reasons fits.") == 2
    html = client.post(url, {"reason": "other", "text": "x" * 2001}).content.decode()
    assert html.count("at most 2000 characters") == 2
    assert "none of the reasons fits" not in html
    assert client.post(url, {"reason": "other", "text": "It is a song."}).status_code == 302


def test_at_most_ten_reports_in_an_hour(world, sign_in):
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        client = sign_in(world.other_author)
        comments = [CommentFactory(initiative=world.initiative) for _ in range(11)]
        answers = [client.post(report_address(each), {"reason": "conduct"}).status_code for each in comments]
        clock.shift(3601)
        later = client.post(report_address(comments[-1]), {"reason": "conduct"}).status_code

    assert (answers, later) == ([302] * 10 + [429], 302)


def test_reporting_in_french(world, sign_in):
    client = sign_in(world.other_author)
    html = client.get(report_address(world.initiative, "fr")).content.decode()

    assert problems_of(html) == []
    assert "<h1>Signaler cette initiative</h1>" in html
    assert "L’auteur n’apprend pas qui a fait le signalement" in html
    html = client.post(report_address(world.initiative, "fr"), {}).content.decode()
    assert html.count("Indiquez ce qui ne va pas.") == 2


# --- The queue ------------------------------------------------------------------------------------------------


def test_only_staff_reach_the_queue(world, sign_in, reported):
    for url in (QUEUE, decision_page(reported), "/admin/initiatives/comment/", comment_page(world.comment)):
        answers = {
            role: sign_in(getattr(world, role, None)).get(url).status_code
            for role in ("anonymous", "member", "author", "left", "staff")
        }
        assert answers == {"anonymous": 302, "member": 302, "author": 302, "left": 302, "staff": 200}, url


def test_the_queue_shows_open_reports_oldest_first_with_their_age(world, sign_in, reported):
    Report.objects.filter(pk=reported.pk).update(created_at=timezone.now() - timedelta(days=12))
    decided = ReportFactory(
        initiative=world.others_initiative, state=ReportState.DISMISSED, decided_at=timezone.now(),
        outcome_en="x", outcome_fr="x", text="zanzibar",
    )  # fmt: skip
    client = sign_in(world.staff)
    html = client.get(QUEUE).content.decode()

    assert html.index(decision_page(reported)) < html.index(decision_page(world.report))
    assert "1\xa0week" in html
    assert "Comment by Mia Member on Bridging for midwives" in html
    assert "Look at the second sentence." in html
    assert decision_page(decided) not in html
    for which, shown in (("dismissed", True), ("upheld", False), ("nonsense", False)):
        found = decision_page(decided) in client.get(f"{QUEUE}?which={which}").content.decode()
        assert found == shown, which


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_takes_a_constant_number_of_queries(world, sign_in, number, django_assert_num_queries):
    for _ in range(number):
        comment = CommentFactory(initiative=InitiativeFactory())
        ReportFactory(initiative=comment.initiative, comment=comment)
    client = sign_in(world.staff)
    client.get(QUEUE)

    with django_assert_num_queries(4):
        client.get(QUEUE)


def test_the_decision_page_shows_everything_that_was_reported(world, sign_in, reported):
    ReportFactory(
        initiative=world.initiative, comment=world.comment, reporter=world.other_author, text="Me too."
    )
    ReportFactory(
        initiative=world.initiative, comment=world.comment, state=ReportState.DISMISSED, decided_at=timezone.now(),
        outcome_en="It was fine then.", outcome_fr="x",
    )  # fmt: skip
    html = sign_in(world.staff).get(decision_page(reported)).content.decode()

    for words in (
        "<dt>Reported by</dt> <dd>Amir Author,", "It attacks or insults somebody", "Look at the second sentence.",
        "Also reported by", "Olga Other", "Me too.", "<p>How long did it take?</p>", "It was fine then.",
        "Uphold, and hide the comment", '<option value="conduct" selected>',
    ):  # fmt: skip
        assert words in html, words
    assert "mark the initiative" not in html


def test_an_initiative_is_shown_in_full(world, sign_in):
    html = sign_in(world.staff).get(decision_page(world.report)).content.decode()

    for words in ("A short summary.", "What is done.", "mark the initiative", "posted by Amir Author"):
        assert words in html, words
    assert "hide the comment" not in html
    imported = ReportFactory(initiative=InitiativeFactory(author=None))
    assert "imported: it has no author, staff edit it" in sign_in(world.staff).get(
        decision_page(imported)
    ).content.decode()  # fmt: skip


def test_the_preview_shows_both_letters_each_in_its_language_and_sends_nothing(world, sign_in, reported):
    world.member.language = "fr"
    world.member.save()
    data = {"decision": "hide", "hide_reason": "conduct", "preview": "1"}
    html = sign_in(world.staff).post(decision_page(reported), data).content.decode()

    assert "What came of your report about “Bridging for midwives”" in html
    assert "It is no longer shown." in html
    assert "Un signalement au sujet de votre commentaire" in html
    assert "To the author: Mia Member" in html
    reported.refresh_from_db()
    assert (reported.state, reported.outcome_en, Message.objects.count()) == ("open", "", 0)


def test_a_preview_for_an_imported_initiative_has_one_letter(world, sign_in):
    report = ReportFactory(initiative=InitiativeFactory(author=None))
    html = (
        sign_in(world.staff)
        .post(decision_page(report), {"decision": "flag", "preview": "1"})
        .content.decode()
    )

    assert "To the reporter" in html
    assert "To the author:" not in html


def test_deciding_takes_one_radio_and_one_button(world, sign_in, reported):
    client = sign_in(world.staff)
    assert "Choose a decision." in client.post(decision_page(reported), {}).content.decode()
    response = client.post(decision_page(reported), {"decision": "hide", "hide_reason": ""}, follow=True)

    reported.refresh_from_db()
    world.comment.refresh_from_db()
    assert response.redirect_chain == [(QUEUE, 302)]
    assert "Decided. The outcome is mailed to both sides." in response.content.decode()
    assert reported.outcome_fr.startswith("Le commentaire ne respecte pas les lignes directrices")
    assert (
        world.comment.hidden_reason_en
        == "It speaks against a person rather than of the work (guideline P12)."
    )
    html = client.get(decision_page(reported)).content.decode()
    assert "Decided by Sam Staff" in html
    assert "<textarea" not in html
    assert "It is hidden. Reason:" in html


def test_own_words_replace_the_usual_sentence(world, sign_in):
    data = {"decision": "flag", "words_en": "The fee has changed.", "words_fr": "Les frais ont changé."}
    sign_in(world.staff).post(decision_page(world.report), data)

    world.report.refresh_from_db()
    assert (world.report.outcome_en, world.report.outcome_fr) == (
        "The fee has changed.",
        "Les frais ont changé.",
    )
    with translation.override("en"):
        page = sign_in(None).get(world.initiative.get_absolute_url()).content.decode()
    assert "This initiative needs an update" in page
    assert "It is out of date" in page
    assert "Mia Member" not in page


@pytest.mark.parametrize("words", [{"words_en": "x" * 2001, "words_fr": "x"}, {"words_fr": "Rien."}])
def test_half_or_oversized_words_are_refused(world, sign_in, words):
    response = sign_in(world.staff).post(decision_page(world.report), {"decision": "dismiss", **words})

    world.report.refresh_from_db()
    assert (response.status_code, world.report.state) == (200, "open")


def test_a_report_decided_meanwhile_is_not_decided_again(world, sign_in, reported, monkeypatch):
    from initiatives.actions import reports as actions
    from initiatives.errors import AlreadyDecided

    def faster(**kwargs):
        raise AlreadyDecided

    monkeypatch.setattr(actions, "decide_report", faster)
    html = (
        sign_in(world.staff)
        .post(decision_page(reported), {"decision": "dismiss"}, follow=True)
        .content.decode()
    )
    assert "The report or the comment changed meanwhile. Look again before deciding." in html


def test_a_decided_report_takes_no_more_posts(world, sign_in, reported):
    client = sign_in(world.staff)
    client.post(decision_page(reported), {"decision": "dismiss"})
    client.post(decision_page(reported), {"decision": "hide"})

    reported.refresh_from_db()
    world.comment.refresh_from_db()
    assert (reported.state, world.comment.is_shown) == ("dismissed", True)


def test_unknown_numbers_give_404(world, sign_in):
    client = sign_in(world.staff)
    for number in ("999999", "x", "-1", "1%20OR%201"):
        for kind in ("report", "comment"):
            assert client.get(f"/admin/initiatives/{kind}/{number}/change/").status_code == 404, (
                kind,
                number,
            )


def test_the_queue_in_french(world, sign_in, reported):
    world.staff.language = "fr"
    world.staff.save()
    client = sign_in(world.staff)

    assert "Commentaire signé Mia Member sur Bridging for midwives" in client.get(QUEUE).content.decode()
    html = client.get(decision_page(reported)).content.decode()
    for words in (
        "Votre décision",
        "Donner raison et masquer le commentaire",
        "Voir les messages",
        "Ce qui est signalé",
    ):
        assert words in html, words


# --- Comments in the admin ------------------------------------------------------------------------------------


def test_comments_are_found_by_word_and_state(world, sign_in):
    CommentFactory(initiative=InitiativeFactory(author=None), text="Zanzibar, **how**?", author=world.member)
    client = sign_in(world.staff)

    def found(query: str) -> list[str]:
        html = client.get(f"/admin/initiatives/comment/{query}").content.decode()
        return [c.text for c in Comment.objects.order_by("pk") if comment_page(c) in html]

    assert found("?q=zanzibar") == ["Zanzibar, **how**?"]
    assert found("?which=waiting") == ["Zanzibar, **how**?"]
    assert len(found("?which=hidden")) == len(found("?which=removed")) == 1
    assert len(found("?which=shown")) == 5
    assert len(found("")) == len(found("?which=nonsense")) == 7


def test_staff_hide_and_show_a_comment_from_the_admin(world, sign_in):
    client = sign_in(world.staff)
    url = comment_page(world.comment)
    assert "Choose a reason." in client.post(url, {}).content.decode()

    html = client.post(url, {"reason": "personal"}, follow=True).content.decode()
    assert "The comment is hidden. Its author is told by mail." in html
    assert "Sam Staff hid a comment on" in html
    html = client.post(url, follow=True).content.decode()
    assert "The comment is shown again. Its author is told by mail." in html
    assert "<p>How long did it take?</p>" in html


def test_what_its_author_removed_stays_removed(world, sign_in):
    client = sign_in(world.staff)
    url = comment_page(world.removed_comment)

    assert "<textarea" not in client.get(url).content.decode()
    client.post(url, {"reason": "personal"})
    world.removed_comment.refresh_from_db()
    assert (world.removed_comment.is_hidden, world.removed_comment.is_shown) == (False, False)


def test_a_comment_that_went_meanwhile_is_said_in_the_admin(world, sign_in, monkeypatch):
    from initiatives.actions import comments as actions
    from initiatives.errors import CommentNotShown

    def gone(**kwargs):
        raise CommentNotShown

    monkeypatch.setattr(actions, "hide_comment", gone)
    html = (
        sign_in(world.staff)
        .post(comment_page(world.comment), {"reason": "personal"}, follow=True)
        .content.decode()
    )
    assert "This comment is no longer shown" in html
