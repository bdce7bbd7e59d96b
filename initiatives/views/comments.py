"""Comments on an initiative: the section on its page, and a page for each thing one does with a comment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.actions import comments as actions
from initiatives.choices import CommentKind
from initiatives.errors import NotPossibleNow, StaleVersion
from initiatives.forms.comments import CommentEditForm, CommentForm, HideCommentForm, ReplyEditForm, ReplyForm
from initiatives.models import Comment, Initiative, Report
from initiatives.views import threads
from initiatives.views.threads import Row, RowMaker
from iqn import limits
from iqn.access import ensure
from iqn.numbers import whole_number
from iqn.ui import query

SHOWN = Q(removed_at__isnull=True, hidden_at__isnull=True)


@dataclass
class KindLink:
    label: str
    count: int
    url: str
    is_current: bool


@dataclass
class CommentSection:
    """The comments of one initiative for one reader. Strangers learn how many there are, nothing else."""

    count: int
    may_read: bool = False
    may_post: bool = False
    is_open: bool = False
    kinds: list[KindLink] = field(default_factory=list)
    threads: list[Row] = field(default_factory=list)
    create_url: str = ""
    earlier_url: str = ""
    later_url: str = ""


def comment_context(request: HttpRequest, initiative: Initiative) -> dict[str, Any]:
    """For the page of an initiative: `comments` and `comment_form` for _comments.html, `flag` for _flag.html.

    At most three queries, however many comments there are.
    """
    context: dict[str, Any] = {"flag": Report.objects.flagging(initiative).first()}
    numbers = _numbers(initiative)
    section = CommentSection(count=sum(shown for shown, _every in numbers.values()))
    section.is_open = initiative.accepts_comments
    section.may_read = request.user.has_perm("initiatives.view_comment", initiative)
    if section.may_read:
        _fill(section, request, initiative, numbers)
        if section.may_post:
            context["comment_form"] = CommentForm()
    return {**context, "comments": section}


def _numbers(initiative: Initiative) -> dict[str, tuple[int, int]]:
    """kind: (comments shown, comments in all); replies have the kind ""."""
    rows = (
        initiative.comments.order_by()
        .values_list("kind")
        .annotate(shown=Count("pk", filter=SHOWN), every=Count("pk"))
    )
    return {kind: (shown, every) for kind, shown, every in rows}


def _fill(section: CommentSection, request: HttpRequest, initiative: Initiative, numbers: dict) -> None:
    section.may_post = section.is_open and request.user.has_perm("initiatives.post_comment", initiative)
    section.create_url = reverse("initiatives:comment-create", args=[initiative.identifier])
    kind = request.GET.get("kind", "")
    if kind not in CommentKind.values:
        kind = ""
    section.kinds = _kind_links(kind, numbers)
    of_kind = sum(every for name, (_shown, every) in numbers.items() if name and kind in ("", name))
    pages = max(1, -(-of_kind // threads.THREADS_ON_A_PAGE))
    page = _page_number(request, pages)
    if of_kind:
        rows = threads.threads_of(initiative, kind=kind, page=page)
        section.threads = RowMaker(request.user, initiative).threads(rows)
    if page > 1:
        section.earlier_url = f"{query(kind=kind, page=page - 1)}#comments"
    if page < pages:
        section.later_url = f"{query(kind=kind, page=page + 1)}#comments"


def _kind_links(chosen: str, numbers: dict[str, tuple[int, int]]) -> list[KindLink]:
    """All, then each kind that occurs; nothing to choose where there is one kind only."""
    found = [kind for kind in CommentKind if kind.value in numbers]
    if len(found) < 2:
        return []
    every = sum(shown for kind, (shown, _every) in numbers.items() if kind)
    links = [KindLink(_("All kinds"), every, "?#comments", not chosen)]
    links += [
        KindLink(str(kind.label), numbers[kind][0], f"{query(kind=kind)}#comments", kind == chosen)
        for kind in found
    ]
    return links


def _page_number(request: HttpRequest, pages: int) -> int:
    """Unknown numbers lead to the nearest page there is."""
    return min(max(whole_number(request.GET.get("page"), 1), 1), pages)


# --- Fetching -------------------------------------------------------------------------------------------------


def initiative_for_members(request: HttpRequest, number: int) -> Initiative:
    """Comments are a section for members: who is none gets 403 whether or not the initiative exists."""
    ensure(request.user.has_perm("initiatives.view_comment"))
    rows = Initiative.objects.visible_to(request.user).prefetch_related("translations")
    return get_object_or_404(rows, number=number)


def comment_for_members(request: HttpRequest, number: int, pk: int) -> Comment:
    ensure(request.user.has_perm("initiatives.view_comment"))
    rows = Comment.objects.visible_to(request.user).select_related(
        "initiative", "author", "author_organization", "parent__author", "answers__author"
    )
    return get_object_or_404(
        rows.prefetch_related("initiative__translations"), pk=pk, initiative__number=number
    )


def posted(request: HttpRequest):
    """For a form: what was sent, or None for a page that is only opened. (An empty POST is sent, too.)"""
    return request.POST if request.method == "POST" else None


def about_comment(request: HttpRequest, comment: Comment, **more: Any) -> dict[str, Any]:
    """What every page about one comment shows."""
    maker = RowMaker(request.user, comment.initiative, here=comment.pk)
    return {**about_initiative(comment.initiative), "comment": comment, "row": maker.row(comment), **more}


def about_initiative(initiative: Initiative, **more: Any) -> dict[str, Any]:
    title, language = initiative.text("title")
    return {
        "initiative": initiative, "title": title, "title_language": language,
        "trail": [(_("Initiatives"), reverse("initiatives:list")), (title, initiative.get_absolute_url())], **more,
    }  # fmt: skip


def not_now(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment went out of sight, or comments were closed, while the reader was about to act."""
    if comment.is_shown:
        messages.warning(request, _("Comments on this initiative are closed."))
    else:
        messages.warning(request, _("This comment is no longer shown, so nothing more can be done with it."))
    return redirect(comment)


def _limit(request: HttpRequest) -> None:
    limits.check("comment", request.user.person.pk, 10, 600)


# --- Pages ----------------------------------------------------------------------------------------------------


@require_safe
def comment_detail(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    comment = comment_for_members(request, identifier, pk)
    maker = RowMaker(request.user, comment.initiative, here=comment.pk)
    context = about_comment(
        request,
        comment,
        rows=maker.threads(threads.whole_thread(comment)),
        all_url=threads.where_it_stands(comment),
    )
    return render(request, "initiatives/comment_detail.html", context)


def comment_create(request: HttpRequest, identifier: int) -> HttpResponse:
    initiative = initiative_for_members(request, identifier)
    ensure(request.user.has_perm("initiatives.post_comment", initiative))
    form = CommentForm(posted(request))
    try:
        if not initiative.accepts_comments:
            raise NotPossibleNow
        if form.is_valid():
            _limit(request)
            comment = actions.post_comment(initiative=initiative, by=request.user.person, **form.cleaned_data)
            messages.success(request, _("Your comment is posted."))
            return redirect(threads.where_it_stands(comment))
    except NotPossibleNow:
        messages.warning(request, _("Comments on this initiative are closed."))
        return redirect(initiative)
    return render(request, "initiatives/comment_create.html", about_initiative(initiative, form=form))


def comment_reply(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    comment = comment_for_members(request, identifier, pk)
    ensure(request.user.has_perm("initiatives.reply_comment", comment))
    form = ReplyForm(posted(request))
    try:
        if not comment.accepts_replies:
            raise NotPossibleNow
        if form.is_valid():
            _limit(request)
            reply = actions.reply_to_comment(comment=comment, by=request.user.person, **form.cleaned_data)
            messages.success(request, _("Your reply is posted."))
            return redirect(threads.where_it_stands(reply))
    except NotPossibleNow:
        comment.refresh_from_db()
        return not_now(request, comment)
    return render(request, "initiatives/comment_reply.html", about_comment(request, comment, form=form))


def comment_edit(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    comment = comment_for_members(request, identifier, pk)
    ensure(request.user.has_perm("initiatives.edit_comment", comment))
    form_class = ReplyEditForm if comment.parent_id else CommentEditForm
    saved = {
        "text": comment.text,
        "language": comment.language,
        "kind": comment.kind,
        "version": comment.version,
    }
    form = form_class(posted(request), initial=saved)
    try:
        if not comment.accepts_replies:
            raise NotPossibleNow
        if form.is_valid():
            edited = actions.edit_comment(comment=comment, by=request.user.person, **form.cleaned_data)
            messages.success(request, _("Your comment is saved."))
            return redirect(threads.where_it_stands(edited))
    except NotPossibleNow:
        comment.refresh_from_db()
        return not_now(request, comment)
    except StaleVersion as stale:
        return _edit_conflict(request, comment, form, stale.current)
    return render(request, "initiatives/comment_edit.html", about_comment(request, comment, form=form))


def _edit_conflict(request: HttpRequest, comment: Comment, form: ReplyForm, current: Comment) -> HttpResponse:
    """Saved from another window meanwhile: both texts are shown, and saving again takes the one in the form."""
    form.data = {**form.data.dict(), "version": current.version}
    context = about_comment(request, comment, form=form, current=current)
    return render(request, "initiatives/comment_edit.html", context, status=409)


def comment_remove(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    comment = comment_for_members(request, identifier, pk)
    ensure(request.user.has_perm("initiatives.remove_comment", comment))
    try:
        if not comment.is_shown:
            raise NotPossibleNow
        if request.method == "POST":
            actions.remove_comment(comment=comment, by=request.user.person)
            messages.success(request, _("Your comment is removed."))
            return redirect(threads.where_it_stands(comment))
    except NotPossibleNow:
        comment.refresh_from_db()
        return not_now(request, comment)
    return render(request, "initiatives/comment_remove.html", about_comment(request, comment))


def comment_hide(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    """Staff hide a comment here, and show a hidden one again."""
    comment = comment_for_members(request, identifier, pk)
    ensure(request.user.has_perm("initiatives.hide_comment", comment))
    if comment.is_hidden:
        return _comment_restore(request, comment)
    form = HideCommentForm(posted(request))
    try:
        if not comment.is_shown:
            raise NotPossibleNow
        if form.is_valid():
            reason_en, reason_fr = form.reasons()
            actions.hide_comment(
                comment=comment, reason_en=reason_en, reason_fr=reason_fr, by=request.user.person
            )
            messages.success(request, _("The comment is hidden. Its author is told by mail."))
            return redirect(threads.where_it_stands(comment))
    except NotPossibleNow:
        comment.refresh_from_db()
        return not_now(request, comment)
    return render(request, "initiatives/comment_hide.html", about_comment(request, comment, form=form))


def _comment_restore(request: HttpRequest, comment: Comment) -> HttpResponse:
    if request.method == "POST":
        actions.restore_comment(comment=comment, by=request.user.person)
        messages.success(request, _("The comment is shown again. Its author is told by mail."))
        return redirect(threads.where_it_stands(comment))
    return render(request, "initiatives/comment_restore.html", about_comment(request, comment))
