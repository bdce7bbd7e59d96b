"""Writing an initiative: a form, a preview, one button. What was typed is never lost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from initiatives.actions import initiatives as actions
from initiatives.errors import Incomplete, NotPossibleNow, StaleVersion
from initiatives.forms.initiatives import InitiativeForm
from initiatives.models import Initiative
from initiatives.presenting import presented
from initiatives.views.conflicts import differences
from iqn.access import ensure
from iqn.bilingual import LANGUAGES
from iqn.numbers import whole_number

SAVE, PREVIEW = "save", "preview"


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: HttpRequest) -> HttpResponse:
    ensure(request.user.has_perm("initiatives.post_initiative"))
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_edit(request: HttpRequest, key) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), key=key)
    ensure(request.user.has_perm("initiatives.edit_initiative", initiative))
    if initiative.number is not None:
        return redirect("initiatives:edit", identifier=initiative.identifier)
    return _form_page(request, initiative)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request: HttpRequest, identifier: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), number=identifier)
    ensure(request.user.has_perm("initiatives.edit_initiative", initiative))
    return _form_page(request, initiative)


def _form_page(request: HttpRequest, initiative: Initiative | None) -> HttpResponse:
    """GET shows the form; POST saves it, then goes where the button that was pressed leads."""
    if request.method != "POST":
        return _show_form(request, InitiativeForm(user=request.user, initiative=initiative))
    turned_to = request.POST.get("_lang") if request.POST.get("_lang") in LANGUAGES else None
    is_draft = initiative is None or initiative.is_draft
    form = InitiativeForm(
        request.POST, user=request.user, initiative=initiative,
        accepts_gaps=is_draft and (turned_to is not None or request.POST.get("do") == SAVE),
    )  # fmt: skip
    if turned_to and not is_draft:  # nothing is published by turning to the other language
        return _show_form_in(turned_to, request, form)
    if not form.is_valid():
        return _show_form_in(turned_to, request, form) if turned_to else _show_form(request, form)
    try:
        saved = _save(request, form)
    except StaleVersion as stale:
        return _conflict_page(request, form, stale.current)
    if turned_to:
        with translation.override(turned_to):
            return redirect("initiatives:draft-edit", key=saved.key)
    if request.POST.get("do") == PREVIEW and saved.can_be_submitted:
        return redirect("initiatives:draft", key=saved.key)
    if saved.is_draft:
        messages.success(request, _("Your draft is saved. Only you can read it."))
        return redirect("initiatives:draft-edit", key=saved.key)
    messages.success(request, _("Your changes are saved."))
    return redirect(saved)


def _save(request: HttpRequest, form: InitiativeForm) -> Initiative:
    by, values, initiative = request.user.person, form.values(), form.initiative
    if initiative is None:
        return actions.save_draft(by=by, values=values)
    # A form without its version never counts as up to date
    version = form.cleaned_data["version"] or 0
    return actions.edit(initiative=initiative, by=by, values=values, version=version)


def _form_context(form: InitiativeForm) -> dict:
    initiative = form.initiative
    if initiative is None:
        url = reverse("initiatives:create")
    elif initiative.number is None:
        url = reverse("initiatives:draft-edit", args=[initiative.key])
    else:
        url = reverse("initiatives:edit", args=[initiative.identifier])
    return {
        "form": form,
        "form_url": url,
        "initiative": initiative,
        "keeps_draft": initiative is None or initiative.is_draft,
        "has_preview": initiative is None or initiative.can_be_submitted,
    }


def _show_form(request: HttpRequest, form: InitiativeForm) -> HttpResponse:
    return render(request, "initiatives/initiative_form.html", _form_context(form))


def _show_form_in(language: str, request: HttpRequest, form: InitiativeForm) -> HttpResponse:
    """The same form with what was typed, in the other language, without saving."""
    with translation.override(language):
        return _show_form(request, form)


def _conflict_page(request: HttpRequest, form: InitiativeForm, current: Initiative) -> HttpResponse:
    """Both texts side by side above the form, which holds what was typed and now stands on the latest version."""
    theirs = InitiativeForm(user=request.user, initiative=current)
    found = differences(form, theirs)
    form.data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
    form.data["version"] = str(current.version)  # type: ignore[index]
    context = {**_form_context(form), "differences": found, "current": current}
    return render(request, "409.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_preview(request: HttpRequest, key) -> HttpResponse:
    """The posting as readers will see it; POST posts exactly this version."""
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), key=key)
    ensure(request.user.has_perm("initiatives.submit_initiative", initiative))
    if not initiative.can_be_submitted:
        return redirect(initiative)
    if request.method == "POST":
        return _submit(request, initiative)
    context = {
        **presented(request, initiative),
        "missing": [
            InitiativeForm.base_fields[name.removesuffix("_id")].label
            for name in initiative.missing_for_posting()
        ],
        "is_reviewed_first": actions.is_reviewed_first(initiative),
        "edit_url": _form_context(InitiativeForm(user=request.user, initiative=initiative))["form_url"],
    }
    return render(request, "initiatives/initiative_preview.html", context)


def _submit(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    version = whole_number(request.POST.get("version"))
    try:
        posted = actions.submit(initiative=initiative, by=request.user.person, version=version)
    except StaleVersion:
        messages.warning(request, _("It was changed in the meantime. Look at it once more, then post it."))
        return redirect("initiatives:draft", key=initiative.key)
    except Incomplete:
        return redirect("initiatives:draft", key=initiative.key)
    except NotPossibleNow:
        return redirect(initiative)
    if posted.is_published:
        messages.success(request, _("Your initiative is published."))
    else:
        messages.success(
            request, _("Thank you. Staff read your first initiative before it appears, and write to you.")
        )
    return redirect(posted)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_withdraw(request: HttpRequest, identifier: int) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.visible_to(request.user), number=identifier)
    ensure(request.user.has_perm("initiatives.withdraw_initiative", initiative))
    if request.method == "POST":
        try:
            actions.withdraw(initiative=initiative, by=request.user.person)
        except NotPossibleNow:
            messages.warning(request, _("It is not published, so there is nothing to withdraw."))
        else:
            messages.success(request, _("Your initiative is withdrawn. You can post it again at any time."))
        return redirect(initiative)
    return render(request, "initiatives/initiative_withdraw.html", {"initiative": initiative})
