"""Comments made ready for a page. Each row is prepared once here, because a template loop is the dear place for
addresses, dates and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from initiatives.choices import CommentKind
from initiatives.models import Comment, Initiative
from iqn.bilingual import reading_language
from iqn.dates import date_element, datetime_element
from iqn.text import render_member_text

THREADS_ON_A_PAGE = 50

KIND_TAGS: dict[str, str] = {
    CommentKind.WORKED: "tag--ok",
    CommentKind.QUESTION: "tag--info",
    CommentKind.CONCERN: "tag--warn",
}


@dataclass
class Row:
    """One comment as its reader may see it. Without `html` it is a tombstone, and `gone` says why."""

    anchor: str
    url: str
    when: SafeString | str
    language: str
    name: str = ""
    organization: str = ""
    kind: str = ""
    kind_tag: str = ""
    html: SafeString | str = ""
    gone: str = ""
    gone_on: SafeString | str = ""
    edited: str = ""
    in_answer_to: SafeString | str = ""
    verbs: dict[str, str] = field(default_factory=dict)  # what the reader may do: verb and address
    links: SafeString | str = ""  # the same as HTML
    level: str = "3"  # of its heading
    is_here: bool = False
    replies: list[Row] = field(default_factory=list)


class Addresses:
    """Addresses of the comments of one initiative, from one reverse() each."""

    def __init__(self, initiative: Initiative) -> None:
        args = [initiative.identifier, 0]
        detail = reverse("initiatives:comment-detail", args=args)
        self.start = detail.removesuffix("0/")
        self.verbs = {
            verb: reverse(f"initiatives:comment-{verb}", args=args).removeprefix(detail)
            for verb in ("reply", "edit", "remove", "hide", "report")
        }

    def detail(self, pk: int) -> str:
        return f"{self.start}{pk}/"

    def of(self, verb: str, pk: int) -> str:
        return f"{self.start}{pk}/{self.verbs[verb]}"


class RowMaker:
    """Turns comments of one initiative into rows for one reader. What the reader may do is asked once, not per row;
    tests hold it against the permissions."""

    def __init__(self, user: Any, initiative: Initiative, *, here: int | None = None) -> None:
        self.user, self.here = user, here
        self.me = getattr(getattr(user, "person", None), "pk", None)
        self.language = reading_language()
        self.is_open = initiative.accepts_comments
        self.may_reply = user.has_perm("initiatives.reply_comment", initiative)
        self.may_report = user.has_perm("initiatives.make_report", initiative)
        self.may_hide = user.has_perm("initiatives.hide_comment", initiative)
        self.addresses = Addresses(initiative)
        self.kinds: dict[str, str] = {kind.value: str(kind.label) for kind in CommentKind}
        self.edited = pgettext("comment", "Edited")
        self.in_answer_to = gettext("in answer to {name}")
        self.by_whom = gettext("comment by %(name)s")
        self.words = {
            "reply": escape(gettext("Reply")),
            "edit": escape(pgettext("comment", "Edit")),
            "remove": escape(pgettext("comment", "Remove")),
            "report": escape(pgettext("comment", "Report")),
            "hide": escape(pgettext("comment", "Hide")),
            "restore": escape(pgettext("comment", "Show again")),
        }
        self.names: dict[int, str] = {}

    def threads(self, comments: list[Comment]) -> list[Row]:
        """Rows of first comments in order, each with its replies; `comments` come oldest first."""
        rows: dict[int, Row] = {}
        self.names = {each.pk: str(each.author) for each in comments if each.is_shown}
        for comment in sorted(comments, key=lambda each: each.parent_id is not None):
            if comment.parent_id is None:
                rows[comment.pk] = self.row(comment)
            else:
                rows[comment.parent_id].replies.append(self.row(comment))
        return list(rows.values())

    def row(self, comment: Comment) -> Row:
        row = Row(
            anchor=comment.anchor, url=self.addresses.detail(comment.pk), when=_when(comment.created_at, self.language),
            language=comment.language, is_here=comment.pk == self.here, level="4" if comment.parent_id else "3",
        )  # fmt: skip
        if comment.is_shown:
            self._fill(row, comment)
        else:
            self._bury(row, comment)
        return row

    def _bury(self, row: Row, comment: Comment) -> None:
        if comment.removed_at:
            row.gone = gettext("Comment removed by its author.")
            row.gone_on = date_element(comment.removed_at)
        else:
            row.gone = gettext("Comment hidden by staff. %(reason)s") % {"reason": comment.hidden_reason}
            row.gone_on = date_element(comment.hidden_at)
            if self.may_hide:
                row.verbs = {"restore": self.addresses.of("hide", comment.pk)}
                row.links = format_html('<a href="{}">{}</a>', row.verbs["restore"], self.words["restore"])

    def _fill(self, row: Row, comment: Comment) -> None:
        row.name = self.names.get(comment.pk) or str(comment.author)
        row.organization = str(comment.author_organization or "")
        row.kind = self.kinds.get(comment.kind, "")
        row.kind_tag = KIND_TAGS.get(comment.kind, "")
        row.html = render_member_text(
            comment.text, comment.language, top_heading=5 if comment.parent_id else 4
        )
        row.edited = self.edited if comment.edited_at else ""
        if comment.answers_id in self.names:
            row.in_answer_to = format_html(
                self.in_answer_to,
                name=format_html('<a href="#c{}">{}</a>', comment.answers_id, self.names[comment.answers_id]),
            )
        row.verbs = {verb: self.addresses.of(verb, comment.pk) for verb in self._verbs(comment)}
        of_whom = escape(self.by_whom % {"name": row.name})  # read out after the word of each link
        row.links = format_html_join(
            "",
            '<a href="{}">{}<span class="vh"> ({})</span></a>',
            ((url, self.words[verb], of_whom) for verb, url in row.verbs.items()),
        )

    def _verbs(self, comment: Comment) -> list[str]:
        own = comment.author_id == self.me
        allowed = {
            "reply": self.may_reply and self.is_open,
            "edit": own and self.is_open,
            "remove": own,
            "report": self.may_report and not own,
            "hide": self.may_hide,
        }
        return [verb for verb, may in allowed.items() if may]


@lru_cache(maxsize=4096)
def _when(moment: datetime, language: str) -> SafeString | str:
    """Moments in words cost more than the rest of a row, and the same ones are shown again and again."""
    return datetime_element(moment)


# Only what a row shows
COLUMNS = (
    "initiative_id", "parent_id", "answers_id", "author_id", "author__name", "author__is_shown_as_former_member",
    "author_organization__name_en", "author_organization__name_fr", "author_organization__slug",
    "kind", "text", "language", "created_at", "edited_at", "removed_at", "hidden_at",
    "hidden_reason_en", "hidden_reason_fr",
)  # fmt: skip


def with_authors(comments):
    """Oldest first, with all that rows need, in one query."""
    return (
        comments.select_related("author", "author_organization").only(*COLUMNS).order_by("created_at", "pk")
    )


def whole_thread(comment: Comment) -> list[Comment]:
    """The first comment of the thread and every reply."""
    thread = Q(pk=comment.thread_id) | Q(parent=comment.thread_id)
    return list(with_authors(Comment.objects.filter(thread)))


def threads_of(initiative: Initiative, *, kind: str, page: int) -> list[Comment]:
    """First comments of one page with all their replies, in one query."""
    first = (
        initiative.comments.threads().filter(**({"kind": kind} if kind else {})).order_by("created_at", "pk")
    )
    start = (page - 1) * THREADS_ON_A_PAGE
    wanted = first.values("pk")[start : start + THREADS_ON_A_PAGE]
    return list(with_authors(Comment.objects.filter(Q(pk__in=wanted) | Q(parent__in=wanted))))


def page_of(comment: Comment) -> int:
    """On which page of the unfiltered list its thread stands."""
    thread = comment if comment.parent_id is None else comment.parent
    earlier = Q(created_at__lt=thread.created_at) | Q(created_at=thread.created_at, pk__lt=thread.pk)
    before = Comment.objects.threads().filter(earlier, initiative=comment.initiative_id).count()
    return before // THREADS_ON_A_PAGE + 1


def where_it_stands(comment: Comment) -> str:
    """The initiative's page, at this comment."""
    page = page_of(comment)
    query = f"?page={page}" if page > 1 else ""
    return f"{comment.initiative.get_absolute_url()}{query}#{comment.anchor}"
