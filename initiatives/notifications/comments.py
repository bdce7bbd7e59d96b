"""Who is told about comments and reports, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from initiatives.choices import CommentKind
from initiatives.models import Comment, Initiative, Report
from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from members.models import Person


def register() -> None:
    """Give the ledger a renderer for each of these letters."""
    events.register("initiatives.comment_posted", _comment_posted_letter)
    events.register("initiatives.comment_replied", _comment_replied_letter)
    events.register("initiatives.comment_hidden", _comment_hidden_letter)
    events.register("initiatives.comment_restored", _comment_restored_letter)
    events.register("initiatives.report_outcome_reporter", _reporter_letter)
    events.register("initiatives.report_outcome_author", _author_letter)


def comment_posted(comment: Comment) -> None:
    """At once only what asks for an answer: a question goes to the author of the initiative, the rest is on the page."""
    author = comment.initiative.author
    if comment.kind == CommentKind.QUESTION and author is not None and author != comment.author:
        _queue("comment_posted", author, once=f"comment:{comment.pk}:posted", comment=comment.pk)


def comment_replied(reply: Comment) -> None:
    """To the author of what is answered, and to whoever began the thread."""
    answered = reply.answers or reply.parent
    for person in {answered.author, reply.parent.author} - {reply.author}:
        _queue("comment_replied", person, once=f"comment:{reply.pk}:reply:{person.pk}", comment=reply.pk)


def comment_hidden(comment: Comment) -> None:
    moment = int(comment.hidden_at.timestamp() * 1000)
    _queue("comment_hidden", comment.author, once=f"comment:{comment.pk}:hidden:{moment}", comment=comment.pk)


def comment_restored(comment: Comment, *, event) -> None:
    _queue(
        "comment_restored",
        comment.author,
        once=f"comment:{comment.pk}:restored:{event.pk}",
        comment=comment.pk,
    )


def report_outcome_reporter(report: Report) -> None:
    _queue("report_outcome_reporter", report.reporter, once=f"report:{report.pk}:reporter", report=report.pk)


def report_outcome_author(report: Report) -> None:
    """Imported initiatives have no author to tell."""
    if report.target_author is not None:
        _queue(
            "report_outcome_author", report.target_author, once=f"report:{report.pk}:author", report=report.pk
        )


def reporter_letter(report: Report) -> Letter:
    """What the reporter is told, in the active language; also for the preview before deciding."""
    return events.letter("initiatives/emails/report_outcome_reporter", _outcome(report, report.reporter))


def author_letter(report: Report) -> Letter:
    """What the author of the reported post is told. Never says who reported it."""
    return events.letter("initiatives/emails/report_outcome_author", _outcome(report, report.target_author))


def _queue(event: str, person: Person, *, once: str, **params: int) -> None:
    """Who has no open account gets no mail."""
    if person.mail_address:
        sending.queue(
            f"initiatives.{event}", to=person, address=person.mail_address, language=person.language,
            params=params, once=once,
        )  # fmt: skip


def _comment_for(message: Message) -> Comment | None:
    """The comment, if the recipient may (still) read it."""
    recipient = message.recipient
    if recipient is None or not recipient.mail_address:
        return None
    rows = Comment.objects.select_related("initiative", "author", "parent", "answers")
    return rows.visible_to(recipient.user).filter(pk=message.params["comment"]).first()


def _comment_context(message: Message, comment: Comment) -> dict:
    return {
        "name": message.recipient.name,
        "comment": comment,
        "title": comment.initiative.text("title")[0],
        "quoted": _quoted(comment.text),
        "url": settings.SITE_ORIGIN + comment.get_absolute_url(),
        "reply_url": settings.SITE_ORIGIN
        + reverse("initiatives:comment-reply", args=[comment.initiative.identifier, comment.pk]),
    }


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _comment_posted_letter(message: Message) -> Letter | None:
    comment = _comment_for(message)
    if comment is None or not comment.is_shown or comment.initiative.author_id != message.recipient_id:
        return None
    return events.letter("initiatives/emails/comment_posted", _comment_context(message, comment))


def _comment_replied_letter(message: Message) -> Letter | None:
    reply = _comment_for(message)
    if reply is None or not reply.is_shown:
        return None
    answered = reply.answers or reply.parent
    context = {**_comment_context(message, reply), "to_own": answered.author_id == message.recipient_id}
    return events.letter("initiatives/emails/comment_replied", context)


def _comment_hidden_letter(message: Message) -> Letter | None:
    comment = _comment_for(message)
    if comment is None or not comment.is_hidden:
        return None
    return events.letter("initiatives/emails/comment_hidden", _comment_context(message, comment))


def _comment_restored_letter(message: Message) -> Letter | None:
    comment = _comment_for(message)
    if comment is None or not comment.is_shown:
        return None
    return events.letter("initiatives/emails/comment_restored", _comment_context(message, comment))


def _decided_report(message: Message) -> Report | None:
    """The report, unless it is gone, undecided, or its initiative out of the recipient's sight."""
    recipient = message.recipient
    if recipient is None or not recipient.mail_address:
        return None
    rows = Report.objects.exclude(decided_at=None).select_related("initiative", "comment", "reporter")
    return rows.filter(
        pk=message.params["report"], initiative__in=Initiative.objects.visible_to(recipient.user)
    ).first()


def _reporter_letter(message: Message) -> Letter | None:
    report = _decided_report(message)
    return None if report is None else reporter_letter(report)


def _author_letter(message: Message) -> Letter | None:
    report = _decided_report(message)
    return None if report is None else author_letter(report)


def _outcome(report: Report, recipient: Person) -> dict:
    post = report.comment or report.initiative
    return {
        "name": recipient.name,
        "report": report,
        "title": report.initiative.text("title")[0],
        "quoted": _quoted(report.comment.text) if report.comment else "",
        "outcome": report.outcome,
        "url": settings.SITE_ORIGIN + post.get_absolute_url(),
    }
