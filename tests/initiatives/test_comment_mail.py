"""Letters about comments and reports: what they say, in whose language, and when they are no longer sent."""

from __future__ import annotations

import pytest

from initiatives.actions import comments, reports
from initiatives.choices import PostState, PostVisibility
from initiatives.models import Comment
from iqn.mail.models import Message
from members.choices import MembershipState
from members.models import MembershipApplication
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(world):
    return comments.post_comment(
        initiative=world.initiative,
        by=world.member,
        kind="question",
        text="How **long**?\nAnd how much?",
        language="en",
    )


@pytest.fixture
def answer(world, question):
    Message.objects.all().delete()
    return comments.reply_to_comment(comment=question, by=world.author, text="A year.", language="en")


def leave(person) -> None:
    MembershipApplication.objects.filter(person=person).update(state=MembershipState.LEFT)


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_a_question_goes_to_the_author_with_the_page_for_the_answer(world, question, deliver):
    [letter] = deliver()

    number = world.initiative.identifier
    assert letter.to == ["amir.author@example.org"]
    assert letter.subject == "Question about “Bridging for midwives”"
    assert "Mia Member has a question about your initiative “Bridging for midwives”:" in letter.body
    assert "> How **long**?\n> And how much?" in letter.body
    assert f"http://localhost:8000/en/initiatives/{number}/comments/{question.pk}/reply/" in letter.body
    assert letter.alternatives[0].content.count("&gt; How **long**?") == 1


def test_letters_speak_the_reader_s_language(world, question, deliver):
    Message.objects.update(language="fr")
    [letter] = deliver()

    number = world.initiative.identifier
    assert letter.subject == "Question au sujet de « Bridging for midwives »"
    assert "Bonjour Amir Author," in letter.body
    assert (
        f"http://localhost:8000/fr/initiatives/{number}/commentaires/{question.pk}/repondre/" in letter.body
    )


def test_a_reply_says_whether_it_answers_oneself_or_the_conversation(world, question, answer, deliver):
    deliver()
    comments.reply_to_comment(comment=answer, by=world.other_author, text="Two.", language="en")

    said = {letter.to[0]: letter.body for letter in deliver()}
    assert "Olga Other replied to your comment on" in said["amir.author@example.org"]
    assert "Olga Other replied in the conversation that you began about" in said["mia.member@example.org"]


@pytest.mark.parametrize(
    "event", ["leaving", "removal", "hiding", "withdrawal", "closing the account", "new author"]
)
def test_a_question_is_dropped_when_it_no_longer_concerns_the_author(world, question, deliver, event):
    if event == "leaving":
        leave(world.author)
    elif event == "removal":
        comments.remove_comment(comment=question, by=world.member)
    elif event == "hiding":
        Comment.objects.filter(pk=question.pk).update(
            hidden_at=question.created_at, hidden_reason_en="x", hidden_reason_fr="x"
        )
    elif event == "withdrawal":
        world.initiative.author = world.other_author
        world.initiative.state = PostState.WITHDRAWN
        world.initiative.save()
    elif event == "closing the account":
        world.author.user.is_active = False
        world.author.user.save()
    else:
        world.initiative.author = world.other_author
        world.initiative.save()

    assert (deliver(), states()) == ([], ["dropped"])


@pytest.mark.parametrize("event", ["leaving", "removal", "out of sight", "no account"])
def test_a_reply_is_dropped_when_its_reader_may_no_longer_read_it(world, question, answer, deliver, event):
    if event == "leaving":
        leave(world.member)
    elif event == "removal":
        comments.remove_comment(comment=answer, by=world.author)
    elif event == "out of sight":
        world.initiative.state = PostState.WITHDRAWN
        world.initiative.save()
    else:
        world.member.user.delete()

    assert (deliver(), states()) == ([], ["dropped"])


def test_hiding_is_told_with_the_reason_and_undoing_too(world, deliver):
    hidden = comments.hide_comment(
        comment=world.comment, by=world.staff, reason_en="It is off the subject.", reason_fr="Hors sujet."
    )
    [letter] = deliver()
    assert letter.subject == "Your comment on “Bridging for midwives” is hidden"
    assert "Reason: It is off the subject." in letter.body

    comments.restore_comment(comment=hidden, by=world.staff)
    [letter] = deliver()
    assert letter.subject == "Your comment on “Bridging for midwives” is shown again"


def test_letters_about_hiding_and_showing_are_dropped_when_undone_before_they_went(world, deliver):
    hidden = comments.hide_comment(comment=world.comment, by=world.staff, reason_en="x", reason_fr="x")
    comments.restore_comment(comment=hidden, by=world.staff)
    comments.hide_comment(comment=world.comment, by=world.staff, reason_en="y", reason_fr="y")

    # The first letter reads as the comment stands now; the one about showing it is dropped; the third goes
    assert [letter.subject for letter in deliver()] == [
        "Your comment on “Bridging for midwives” is hidden"
    ] * 2
    assert states() == ["sent", "dropped", "sent"]
    comments.restore_comment(comment=hidden, by=world.staff)
    Message.objects.filter(event="initiatives.comment_hidden").update(state="queued")
    assert [letter.subject for letter in deliver()] == [
        "Your comment on “Bridging for midwives” is shown again"
    ]


# --- Outcomes of reports --------------------------------------------------------------------------------------


@pytest.fixture
def decided(world):
    world.member.language = "fr"  # wrote the comment
    world.member.save()
    report = reports.report_comment(
        comment=world.comment, by=world.author, reason="conduct", text="Look at line two."
    )
    return reports.decide_report(
        report=report, decision="hide", by=world.staff, outcome_en="It is no longer shown.",
        outcome_fr="Il n’est plus affiché.", hide_reason_en="x", hide_reason_fr="x",
    )  # fmt: skip


def test_both_sides_get_the_outcome_once_in_their_languages(world, decided, deliver):
    to_reporter, to_author = deliver()

    assert (to_reporter.to, to_author.to) == (["amir.author@example.org"], ["mia.member@example.org"])
    assert "you reported a comment on “Bridging for midwives”" in to_reporter.body
    assert "It is no longer shown." in to_reporter.body
    assert to_author.subject == "Un signalement au sujet de votre commentaire sur « Bridging for midwives »"
    assert "Il n’est plus affiché." in to_author.body
    assert "> How long did it take?" in to_author.body


def test_the_author_never_learns_who_reported_nor_in_which_words(world, decided, deliver):
    to_reporter, to_author = deliver()

    for letter in (to_author.body, to_author.alternatives[0].content, to_author.subject):
        assert "Amir" not in letter
        assert "line two" not in letter
    assert "Amir" in to_reporter.body


def test_an_outcome_about_an_initiative(world, deliver):
    reports.decide_report(
        report=world.report,
        decision="dismiss",
        by=world.staff,
        outcome_en="Nothing changes.",
        outcome_fr="Rien.",
    )
    to_reporter, to_author = deliver()

    assert (
        "you reported the initiative “Bridging for midwives”. Your reason: It is out of date."
        in to_reporter.body
    )
    assert to_author.subject == "A report about your initiative “Bridging for midwives”"
    assert "A member reported your initiative “Bridging for midwives”." in to_author.body


@pytest.mark.parametrize("event", ["initiative out of sight", "account closed"])
def test_outcomes_are_dropped_for_who_may_no_longer_see_the_initiative(world, decided, deliver, event):
    if event == "initiative out of sight":
        world.initiative.state, world.initiative.author = PostState.WITHDRAWN, world.other_author
        world.initiative.save()
    else:
        for person in (world.author, world.member):
            person.user.is_active = False
            person.user.save()

    assert (deliver(), states()) == ([], ["dropped", "dropped"])


def test_a_reporter_who_left_still_learns_the_outcome_about_a_public_initiative(world, decided, deliver):
    world.initiative.author = world.other_author
    world.initiative.save()
    leave(world.author)
    assert len(deliver()) == 2


def test_a_reporter_who_left_learns_nothing_about_a_members_only_initiative(world, deliver):
    initiative = InitiativeFactory(author=world.author, visibility=PostVisibility.MEMBERS)
    report = reports.report_initiative(initiative=initiative, by=world.member, reason="outdated", text="")
    reports.decide_report(report=report, decision="dismiss", by=world.staff, outcome_en="x", outcome_fr="x")
    leave(world.member)

    assert [letter.to for letter in deliver()] == [["amir.author@example.org"]]
