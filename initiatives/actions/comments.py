"""Posting, answering, editing, removing and hiding comments."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.errors import CommentNotShown, CommentsClosed, StaleVersion
from initiatives.models import Comment, Initiative
from initiatives.notifications import comments as letters
from iqn.history.recording import record
from members.models import Person


@transaction.atomic
def post_comment(*, initiative: Initiative, kind: str, text: str, language: str, by: Person) -> Comment:
    initiative = Initiative.objects.select_for_update().get(pk=initiative.pk)
    if not initiative.accepts_comments:
        raise CommentsClosed
    comment = Comment.objects.create(
        initiative=initiative, author=by, author_organization=_organization_today(by),
        kind=kind, text=text, language=language,
    )  # fmt: skip
    record(
        by=by, verb="initiatives.comment_posted", target=comment,
        phrase=_("%(actor)s commented on %(initiative)s: %(kind)s"),
        initiative=initiative.identifier, kind=comment.get_kind_display,
    )  # fmt: skip
    letters.comment_posted(comment)
    return comment


@transaction.atomic
def reply_to_comment(*, comment: Comment, text: str, language: str, by: Person) -> Comment:
    """One level of replies: an answer to a reply joins the same thread and says whom it answers."""
    answered = Comment.objects.select_for_update().get(pk=comment.pk)
    if not answered.is_shown:
        raise CommentNotShown
    if not answered.initiative.accepts_comments:
        raise CommentsClosed
    reply = Comment.objects.create(
        initiative=answered.initiative, parent_id=answered.thread_id,
        answers=answered if answered.parent_id else None,
        author=by, author_organization=_organization_today(by), text=text, language=language,
    )  # fmt: skip
    record(
        by=by, verb="initiatives.comment_replied", target=reply,
        phrase=_("%(actor)s replied to a comment on %(initiative)s"), initiative=reply.initiative.identifier,
    )  # fmt: skip
    letters.comment_replied(reply)
    return reply


@transaction.atomic
def edit_comment(
    *, comment: Comment, version: int, text: str, language: str, by: Person, kind: str | None = None
) -> Comment:
    """`version` is the one that the author saw. Saving what stands there already changes nothing."""
    comment = _shown_and_locked(comment)
    if not comment.initiative.accepts_comments:
        raise CommentsClosed
    if comment.version != version:
        raise StaleVersion(comment)
    wanted = {"text": text, "language": language, "kind": kind or comment.kind}
    if all(getattr(comment, name) == value for name, value in wanted.items()):
        return comment
    for name, value in wanted.items():
        setattr(comment, name, value)
    comment.version += 1
    comment.edited_at = timezone.now()
    comment.save(update_fields=[*wanted, "version", "edited_at"])
    record(
        by=by, verb="initiatives.comment_edited", target=comment,
        phrase=_("%(actor)s edited a comment on %(initiative)s"), initiative=comment.initiative.identifier,
    )  # fmt: skip
    return comment


@transaction.atomic
def remove_comment(*, comment: Comment, by: Person) -> Comment:
    """The author takes it back; its place and the replies stay."""
    comment = _shown_and_locked(comment)
    comment.removed_at = timezone.now()
    comment.save(update_fields=["removed_at"])
    record(
        by=by, verb="initiatives.comment_removed", target=comment,
        phrase=_("%(actor)s removed an own comment on %(initiative)s"), initiative=comment.initiative.identifier,
    )  # fmt: skip
    return comment


@transaction.atomic
def hide_comment(
    *, comment: Comment, reason_en: str, reason_fr: str, by: Person, tell_author: bool = True
) -> Comment:
    """Staff take it out of sight, with a reason that stands in its place. Can be undone."""
    comment = _shown_and_locked(comment)
    comment.hidden_at, comment.hidden_by = timezone.now(), by
    comment.hidden_reason_en, comment.hidden_reason_fr = reason_en, reason_fr
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_reason_en", "hidden_reason_fr"])
    record(
        by=by, verb="initiatives.comment_hidden", target=comment,
        phrase=_("%(actor)s hid a comment on %(initiative)s. Reason: %(reason)s"),
        initiative=comment.initiative.identifier, reason=lambda: comment.hidden_reason,
    )  # fmt: skip
    if tell_author:
        letters.comment_hidden(comment)
    return comment


@transaction.atomic
def restore_comment(*, comment: Comment, by: Person) -> Comment:
    """The hiding is taken back. What its author removed stays removed."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if not comment.is_hidden:
        return comment
    comment.hidden_at, comment.hidden_by = None, None
    comment.hidden_reason_en = comment.hidden_reason_fr = ""
    comment.save(update_fields=["hidden_at", "hidden_by", "hidden_reason_en", "hidden_reason_fr"])
    event = record(
        by=by, verb="initiatives.comment_restored", target=comment,
        phrase=_("%(actor)s showed a hidden comment on %(initiative)s again"),
        initiative=comment.initiative.identifier,
    )  # fmt: skip
    letters.comment_restored(comment, event=event)
    return comment


def _shown_and_locked(comment: Comment) -> Comment:
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if not comment.is_shown:
        raise CommentNotShown
    return comment


def _organization_today(person: Person):
    """Comments keep the organization of the day on which they were written."""
    affiliation = person.current_affiliations().select_related("organization").first()
    return affiliation.organization if affiliation else None
