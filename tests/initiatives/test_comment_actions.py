"""Posting, answering, editing, removing, hiding: what changes, what is refused, what is recorded."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from initiatives.actions import comments as actions
from initiatives.choices import CommentKind, PostState
from initiatives.errors import CommentNotShown, CommentsClosed, StaleVersion
from initiatives.models import Comment
from iqn.history.models import Event
from iqn.mail.models import Message
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.factories.members import AffiliationFactory, PersonFactory

pytestmark = pytest.mark.django_db

REASONS = {"reason_en": "It is off the subject.", "reason_fr": "C’est hors sujet."}


def post(initiative, by, **values):
    values = {"kind": CommentKind.QUESTION, "text": "How long?", "language": "en", **values}
    return actions.post_comment(initiative=initiative, by=by, **values)


def reply(comment, by, **values):
    return actions.reply_to_comment(comment=comment, by=by, **{"text": "A year.", "language": "en", **values})


def told(event: str) -> list[str]:
    rows = Message.objects.filter(event=f"initiatives.{event}").order_by("pk")
    return [message.recipient.name for message in rows]


def story(comment) -> list[str]:
    return [event.verb.split(".")[1] for event in Event.objects.about(comment)]


def test_a_comment_keeps_the_organization_of_its_day(world):
    before = AffiliationFactory(person=world.member).organization
    comment = post(world.initiative, world.member, text="Bonjour", language="fr", kind=CommentKind.WORKED)
    world.member.affiliations.update(until="2020-01-01", since="2019-01-01")

    comment.refresh_from_db()
    assert (comment.author_organization, comment.text, comment.language, comment.kind, comment.parent) == (
        before, "Bonjour", "fr", "worked", None,
    )  # fmt: skip
    assert post(world.initiative, world.member).author_organization is None


@pytest.mark.parametrize("kind", CommentKind.values)
def test_only_a_question_is_mailed_to_the_author_of_the_initiative(world, kind):
    post(world.initiative, world.member, kind=kind)

    assert told("comment_posted") == (["Amir Author"] if kind == "question" else [])


def test_nobody_is_mailed_about_a_question_of_one_s_own_or_where_there_is_no_author(world):
    post(world.initiative, world.author)
    post(InitiativeFactory(author=None), world.member)
    post(InitiativeFactory(author=PersonFactory(user=None)), world.member)

    assert told("comment_posted") == []


@pytest.mark.parametrize("state", [PostState.WITHDRAWN, PostState.SUBMITTED])
def test_comments_are_closed_unless_published(world, state):
    world.initiative.state = state
    world.initiative.save(update_fields=["state"])

    with pytest.raises(CommentsClosed):
        post(world.initiative, world.member)
    with pytest.raises(CommentsClosed):
        reply(world.comment, world.author)
    with pytest.raises(CommentsClosed):
        actions.edit_comment(comment=world.comment, version=1, text="x", language="en", by=world.member)


def test_a_reply_stands_under_its_comment(world):
    answer = reply(world.comment, world.author)

    assert (answer.parent, answer.answers, answer.kind) == (world.comment, None, "")
    assert told("comment_replied") == ["Mia Member"]
    assert story(answer) == ["comment_replied"]


def test_a_reply_to_a_reply_stays_one_level_deep_and_says_whom_it_answers(world):
    first = reply(world.comment, world.author)
    second = reply(first, world.other_author)

    assert (second.parent, second.answers) == (world.comment, first)
    # The author of the reply, and the one who began; once each
    assert sorted(told("comment_replied")) == ["Amir Author", "Mia Member", "Mia Member"]


def test_nobody_is_mailed_about_a_reply_of_one_s_own(world):
    answer = reply(world.comment, world.member)
    reply(answer, world.member)

    assert told("comment_replied") == []


@pytest.mark.parametrize("name", ["removed_comment", "hidden_comment"])
def test_what_is_not_shown_takes_no_reply_edit_removal_or_hiding(world, name):
    gone = getattr(world, name)

    with pytest.raises(CommentNotShown):
        reply(gone, world.author)
    with pytest.raises(CommentNotShown):
        actions.edit_comment(comment=gone, version=1, text="x", language="en", by=world.member)
    with pytest.raises(CommentNotShown):
        actions.remove_comment(comment=gone, by=world.member)
    with pytest.raises(CommentNotShown):
        actions.hide_comment(comment=gone, by=world.staff, **REASONS)


def test_a_reply_under_a_tombstone_can_still_be_answered(world):
    actions.remove_comment(comment=world.comment, by=world.member)

    assert reply(world.reply, world.other_author).parent == world.comment


def test_an_edit_is_marked_and_recorded(world):
    edited = actions.edit_comment(
        comment=world.comment, version=1, text="How much?", language="fr", kind="concern", by=world.member
    )

    world.comment.refresh_from_db()
    assert (world.comment.text, world.comment.language, world.comment.kind) == ("How much?", "fr", "concern")
    assert (edited.version, edited.edited_at is not None, story(edited)) == (2, True, ["comment_edited"])


def test_saving_what_stands_there_already_is_no_edit(world):
    same = actions.edit_comment(
        comment=world.comment,
        version=1,
        text=world.comment.text,
        language="en",
        kind="question",
        by=world.member,
    )

    assert (same.version, same.edited_at, story(same)) == (1, None, [])


def test_an_edit_of_a_reply_leaves_it_without_a_kind(world):
    edited = actions.edit_comment(
        comment=world.reply, version=1, text="Two years.", language="en", by=world.author
    )

    assert (edited.text, edited.kind) == ("Two years.", "")


def test_an_edit_that_saw_an_older_text_is_refused(world):
    actions.edit_comment(comment=world.comment, version=1, text="First", language="en", by=world.member)

    with pytest.raises(StaleVersion) as stale:
        actions.edit_comment(comment=world.comment, version=1, text="Second", language="en", by=world.member)

    assert stale.value.current.text == "First"
    assert Comment.objects.get(pk=world.comment.pk).text == "First"


def test_removal_leaves_a_tombstone_and_the_replies(world):
    removed = actions.remove_comment(comment=world.comment, by=world.member)

    assert (removed.is_shown, removed.is_hidden, story(removed)) == (False, False, ["comment_removed"])
    assert Comment.objects.get(pk=world.reply.pk).is_shown


def test_hiding_tells_the_author_and_can_be_undone(world):
    hidden = actions.hide_comment(comment=world.comment, by=world.staff, **REASONS)
    assert (hidden.is_hidden, hidden.hidden_by, hidden.hidden_reason) == (
        True,
        world.staff,
        REASONS["reason_en"],
    )

    shown = actions.restore_comment(comment=hidden, by=world.staff)
    assert (shown.is_shown, shown.hidden_by, shown.hidden_reason_en, shown.hidden_reason_fr) == (
        True,
        None,
        "",
        "",
    )
    assert actions.restore_comment(
        comment=shown, by=world.staff
    ).is_shown  # nothing to undo, nothing recorded

    again = actions.hide_comment(comment=shown, by=world.staff, **REASONS)
    assert story(again) == ["comment_hidden", "comment_restored", "comment_hidden"]
    assert told("comment_hidden") == ["Mia Member", "Mia Member"]
    assert told("comment_restored") == ["Mia Member"]


def test_what_its_author_removed_stays_removed_when_the_hiding_is_taken_back(world):
    world.hidden_comment.removed_at = world.hidden_comment.hidden_at
    world.hidden_comment.save()

    shown = actions.restore_comment(comment=world.hidden_comment, by=world.staff)

    assert (shown.is_hidden, shown.is_shown) == (False, False)


def test_events_read_well_in_both_languages(world):
    hidden = actions.hide_comment(comment=world.comment, by=world.staff, **REASONS)

    event = Event.objects.about(hidden).get()
    number = world.initiative.identifier
    assert event.sentence_en == f"Sam Staff hid a comment on {number}. Reason: It is off the subject."
    assert (
        event.sentence_fr == f"Sam Staff a masqué un commentaire sur {number}. Motif\xa0: C’est hors sujet."
    )


def test_the_database_holds_what_the_actions_promise(world):
    broken = [
        {"hidden_at": world.comment.created_at},  # hidden without a reason
        {"kind": ""},  # a thread without a kind
        {"answers": world.reply},  # an answer outside a thread
    ]
    for values in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=world.comment.pk).update(**values)


def test_questions_about_imported_initiatives_wait_for_staff_until_answered(world):
    imported = InitiativeFactory(author=None)
    question = CommentFactory(initiative=imported, author=world.member)
    CommentFactory(initiative=imported, author=world.member, kind=CommentKind.WORKED)
    CommentFactory(initiative=InitiativeFactory(author=None, state=PostState.WITHDRAWN), author=world.member)
    CommentFactory(parent=CommentFactory(initiative=imported), initiative=imported)

    assert list(Comment.objects.questions_for_staff()) == [question]
    answer = reply(question, world.staff)
    assert list(Comment.objects.questions_for_staff()) == []
    actions.remove_comment(comment=answer, by=world.staff)
    assert list(Comment.objects.questions_for_staff()) == [question]  # nobody can read the answer any more
