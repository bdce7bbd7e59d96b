"""Every report ends in an outcome that both sides are told, once each, and the author never learns who reported."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.actions import comments, initiatives, reports
from initiatives.choices import ReportDecision, ReportReason
from initiatives.errors import AlreadyDecided, AlreadyReported, CommentNotShown, NotPossibleNow
from initiatives.models import Report
from iqn.history.models import Event
from iqn.mail.models import Message
from tests.factories.initiatives import InitiativeFactory, ReportFactory

pytestmark = pytest.mark.django_db

OUTCOME = {"outcome_en": "It keeps to the guidelines.", "outcome_fr": "Il respecte les lignes directrices."}
REASONS = {"hide_reason_en": "It is off the subject.", "hide_reason_fr": "C’est hors sujet."}


def report_comment(comment, by, reason=ReportReason.CONDUCT):
    return reports.report_comment(comment=comment, reason=reason, text="Second sentence.", by=by)


def decide(report, decision, staff, **values):
    return reports.decide_report(
        report=report, decision=decision, by=staff, **{**OUTCOME, **REASONS, **values}
    )


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("pk")
    return [(message.event.split(".")[1], message.recipient.name) for message in rows]


def test_one_open_report_per_person_and_target(world):
    first = report_comment(world.comment, world.author)
    report_comment(world.comment, world.other_author)
    report_comment(world.reply, world.other_author)
    reports.report_initiative(initiative=world.initiative, reason="outdated", text="", by=world.other_author)

    with pytest.raises(AlreadyReported):
        report_comment(world.comment, world.author)
    with pytest.raises(AlreadyReported):
        reports.report_initiative(
            initiative=world.initiative, reason="other", text="x", by=world.member
        )  # in the world
    decide(first, ReportDecision.DISMISS, world.staff)
    assert report_comment(world.comment, world.author).is_open


def test_the_database_refuses_a_second_open_report(world):
    for comment in (None, world.comment):
        ReportFactory(initiative=world.initiative, comment=comment, reporter=world.other_author)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportFactory(initiative=world.initiative, comment=comment, reporter=world.other_author)


def test_what_is_not_shown_is_not_reported(world):
    with pytest.raises(CommentNotShown):
        report_comment(world.hidden_comment, world.author)


def test_only_staff_read_who_reported(world):
    report = report_comment(world.comment, world.author)

    events = Event.objects.about(report)
    assert [event.sentence_en for event in events.visible_to(world.staff.user)] == [
        f"Amir Author reported a comment on {world.initiative.identifier}: It attacks or insults somebody"
    ]
    assert list(events.visible_to(world.member.user)) == []


def test_upholding_can_hide_the_comment(world):
    report = report_comment(world.comment, world.author)
    decided = decide(report, ReportDecision.HIDE, world.staff)

    world.comment.refresh_from_db()
    assert (decided.state, decided.measure, decided.decided_by) == ("upheld", "hidden", world.staff)
    assert (world.comment.is_hidden, world.comment.hidden_reason_fr) == (True, "C’est hors sujet.")
    # One letter each: the outcome says that it is hidden
    assert told() == [("report_outcome_reporter", "Amir Author"), ("report_outcome_author", "Mia Member")]


def test_upholding_can_mark_the_initiative_until_it_is_revised(world):
    decided = decide(world.report, ReportDecision.FLAG, world.staff)

    assert (decided.measure, decided.flagged_version) == ("flagged", 1)
    assert list(Report.objects.flagging(world.initiative)) == [decided]
    assert told() == [("report_outcome_reporter", "Mia Member"), ("report_outcome_author", "Amir Author")]
    flagged = Event.objects.about(world.initiative).get()
    assert (flagged.actor, flagged.for_staff) == (None, False)
    assert flagged.sentence_en == (
        f"After a report, staff marked {world.initiative.identifier} as needing an update"
    )


@pytest.mark.parametrize(
    ("act", "values", "stays"),
    [
        (initiatives.describe, {"to_verify": "Ask the regulator"}, True),
        (initiatives.describe, {"all_occupations": True}, True),
        (initiatives.edit, {"pan_canadian": True, "visibility": "members"}, True),
        (initiatives.edit, {"work": "It ended in 2025."}, False),
        (initiatives.edit, {"status": "completed"}, False),
        (initiatives.edit, {"translation": {"title": "Terminé"}}, False),
    ],
)
def test_a_mark_goes_with_a_revision_and_not_with_tags_and_notes(act, values, stays, world):
    world.initiative.types.add(world.type)
    decided = decide(world.report, ReportDecision.FLAG, world.staff)

    saved = act(initiative=world.initiative, by=world.staff, values=values, version=1)

    assert list(Report.objects.flagging(saved)) == ([decided] if stays else [])
    assert (saved.version, saved.content_updated_on) == (2, None if stays else timezone.localdate())


@pytest.mark.parametrize("decision", [ReportDecision.DISMISS, ReportDecision.DISMISS_OPINION])
def test_dismissing_changes_nothing_and_tells_both(world, decision):
    decided = decide(report_comment(world.comment, world.author), decision, world.staff)

    world.comment.refresh_from_db()
    assert (decided.state, decided.measure, world.comment.is_shown) == ("dismissed", "none", True)
    assert told() == [("report_outcome_reporter", "Amir Author"), ("report_outcome_author", "Mia Member")]


def test_one_decision_answers_every_open_report_of_the_same_thing(world):
    reported = [report_comment(world.comment, by) for by in (world.author, world.other_author)]
    elsewhere = report_comment(world.reply, world.other_author)
    decide(reported[1], ReportDecision.UPHOLD, world.staff)

    assert {Report.objects.get(pk=each.pk).state for each in reported} == {"upheld"}
    assert Report.objects.get(pk=elsewhere.pk).is_open
    assert Report.objects.get(pk=world.report.pk).is_open  # about the initiative itself
    assert told() == [
        ("report_outcome_reporter", "Amir Author"),
        ("report_outcome_reporter", "Olga Other"),
        ("report_outcome_author", "Mia Member"),
    ]


def test_a_decided_report_is_not_decided_again(world):
    decide(world.report, ReportDecision.DISMISS, world.staff)

    with pytest.raises(AlreadyDecided):
        decide(world.report, ReportDecision.FLAG, world.staff)
    assert Report.objects.get(pk=world.report.pk).state == "dismissed"


def test_a_measure_must_fit_what_is_reported(world):
    comment_report = report_comment(world.comment, world.author)
    with pytest.raises(NotPossibleNow):
        decide(comment_report, ReportDecision.FLAG, world.staff)
    with pytest.raises(NotPossibleNow):
        decide(world.report, ReportDecision.HIDE, world.staff)

    comments.remove_comment(comment=world.comment, by=world.member)
    with pytest.raises(NotPossibleNow):
        decide(comment_report, ReportDecision.HIDE, world.staff)
    assert decide(comment_report, ReportDecision.UPHOLD, world.staff).state == "upheld"


def test_an_imported_initiative_has_no_author_to_tell(world):
    report = ReportFactory(initiative=InitiativeFactory(author=None), reporter=world.member)
    decide(report, ReportDecision.UPHOLD, world.staff)

    assert told() == [("report_outcome_reporter", "Mia Member")]


def test_an_outcome_is_kept_in_both_languages_or_the_database_refuses(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        decide(world.report, ReportDecision.DISMISS, world.staff, outcome_fr="")


def test_who_sees_reports(world):
    seen = {
        role: list(Report.objects.visible_to(getattr(world, role).user)) == [world.report]
        for role in ("member", "author", "staff", "left")
    }
    assert seen == {"member": True, "author": False, "staff": True, "left": False}
    assert world.report.target_author == world.author
    assert str(world.report) == f"{world.initiative.identifier}: It is out of date"
