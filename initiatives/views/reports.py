"""Saying that something is wrong with an initiative or a comment. What staff decide stands in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from initiatives.actions import reports as actions
from initiatives.errors import AlreadyReported, NotPossibleNow
from initiatives.forms.reports import ReportForm
from initiatives.models import Comment, Initiative, Report
from initiatives.views.comments import (
    about_comment,
    about_initiative,
    comment_for_members,
    initiative_for_members,
    not_now,
    posted,
)
from iqn import limits
from iqn.access import ensure


def initiative_report(request: HttpRequest, identifier: int) -> HttpResponse:
    initiative = initiative_for_members(request, identifier)
    ensure(request.user.has_perm("initiatives.report_initiative", initiative))
    form = ReportForm(posted(request))
    if form.is_valid():
        _limit(request)
        try:
            actions.report_initiative(initiative=initiative, by=request.user.person, **form.cleaned_data)
        except AlreadyReported:
            return redirect(request.path)
        return _thanks(request, initiative)
    context = about_initiative(initiative, form=form, waiting=_waiting(request, initiative, None))
    return render(request, "initiatives/report_create.html", context)


def comment_report(request: HttpRequest, identifier: int, pk: int) -> HttpResponse:
    comment = comment_for_members(request, identifier, pk)
    ensure(request.user.has_perm("initiatives.report_comment", comment))
    form = ReportForm(posted(request))
    try:
        if not comment.is_shown:
            raise NotPossibleNow
        if form.is_valid():
            _limit(request)
            actions.report_comment(comment=comment, by=request.user.person, **form.cleaned_data)
            return _thanks(request, comment)
    except AlreadyReported:
        return redirect(request.path)
    except NotPossibleNow:
        comment.refresh_from_db()
        return not_now(request, comment)
    waiting = _waiting(request, comment.initiative, comment)
    context = about_comment(request, comment, form=form, waiting=waiting)
    return render(request, "initiatives/report_create.html", context)


def _waiting(request: HttpRequest, initiative: Initiative, comment: Comment | None) -> Report | None:
    """The reader's own report of the same thing, while staff have not decided it."""
    return Report.objects.visible_to(request.user).open().filter(
        initiative=initiative, comment=comment, reporter=request.user.person
    ).first()  # fmt: skip


def _thanks(request: HttpRequest, target: Any) -> HttpResponse:
    messages.success(
        request, _("Your report is with staff, who decide what to do. You will get the outcome by mail.")
    )
    return redirect(target)


def _limit(request: HttpRequest) -> None:
    limits.check("report", request.user.person.pk, 10, 3600)
