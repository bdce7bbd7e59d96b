"""Terms of reference: the version in force, earlier ones, what changed between two, and the next one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from iqn.differences import Comparison
from workgroups.groups.actions import terms_of_reference as actions
from workgroups.groups.errors import GroupError, StaleVersion
from workgroups.groups.forms.terms import AdoptionForm, TermsOfReferenceForm
from workgroups.groups.models import Group, TermsOfReference
from workgroups.groups.roster import terms_of_reference_on
from workgroups.groups.views.finding import group_or_404, terms_trail, trail_to

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
def terms_detail(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The version in force, or the one with this number. A draft is seen by those who run the group."""
    group = group_or_404(request, slug)
    may_edit = request.user.has_perm("groups.edit_terms_of_reference", group)
    versions = list(group.terms_of_reference.prefetch_related("expected_types"))
    draft = next((v for v in versions if v.is_draft), None)
    adopted = [v for v in versions if not v.is_draft]
    in_force = terms_of_reference_on(group, timezone.localdate())
    if number is None:
        shown = in_force
    else:
        readable = versions if may_edit else adopted
        shown = next((v for v in readable if v.number == number), None)
        if shown is None:
            raise Http404
    context = {
        "group": group,
        "trail": terms_trail(group) if number else trail_to(group),
        "shown": shown,
        "in_force": in_force,
        "adopted": adopted,
        "draft": draft if may_edit else None,
        "may_edit": may_edit,
    }
    return render(request, "groups/terms_detail.html", context)


@login_not_required
@require_safe
def terms_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two adopted versions, word by word, in the reader's language."""
    group = group_or_404(request, slug)
    adopted = {str(v.number): v for v in group.terms_of_reference.adopted().order_by("number")}
    before = adopted.get(request.GET.get("from", ""))
    after = adopted.get(request.GET.get("to", ""))
    if before is None or after is None:
        newest = list(adopted.values())[-2:]
        before, after = newest if len(newest) == 2 else (None, None)
    context = {
        "group": group,
        "trail": terms_trail(group),
        "versions": adopted.values(),
        "before": before,
        "after": after,
    }
    if before is not None and after is not None:
        context["pieces"] = Comparison().pieces(before.text, after.text)
        were, are = set(before.expected_types.all()), set(after.expected_types.all())
        context |= {"gone": were - are, "new": are - were}
    return render(request, "groups/terms_compare.html", context)


def _with(data: QueryDict, **changes: str) -> QueryDict:
    """What was typed, with the stamp of what stands now: a second save decides."""
    changed = data.copy()
    for name, value in changes.items():
        changed[name] = value
    return changed


def _draft_of(group: Group) -> TermsOfReference | None:
    return group.terms_of_reference.filter(adopted_on__isnull=True).first()


@require_http_methods(FORM_METHODS)
def terms_edit(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.edit_terms_of_reference", group))
    draft = _draft_of(group)
    base = draft or group.terms_of_reference.adopted().first()
    form = TermsOfReferenceForm(
        request.POST if request.method == "POST" else None, base=base, stamp=draft.stamp if draft else ""
    )
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_draft(
                by=request.user.person, group=group, stamp=form.cleaned_data["stamp"], values=form.values()
            )
        except StaleVersion as refusal:
            form.add_error(None, str(refusal))
            form.data = _with(request.POST, stamp=draft.stamp if draft else "")
            theirs, status = draft, 409
        except GroupError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is saved. It changes nothing before it is adopted."))
            return redirect("groups:terms", slug=group.slug)
    context = {"group": group, "form": form, "theirs": theirs, "trail": terms_trail(group)}
    return render(request, "groups/terms_form.html", context, status=status)


@require_http_methods(FORM_METHODS)
def terms_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.edit_terms_of_reference", group))
    draft = _draft_of(group)
    if draft is None:
        messages.warning(request, _("There is no draft to adopt. Write one first."))
        return redirect("groups:terms-edit", slug=group.slug)
    form = AdoptionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt(by=request.user.person, draft=draft, **form.cleaned_data)
        except GroupError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The terms of reference are adopted."))
            return redirect("groups:terms", slug=group.slug)
    before = group.terms_of_reference.adopted().first()
    context = {
        "group": group, "form": form, "draft": draft, "trail": terms_trail(group),
        "pieces": Comparison().pieces(before.text, draft.text) if before else [],
    }  # fmt: skip
    return render(request, "groups/terms_adopt.html", context)
