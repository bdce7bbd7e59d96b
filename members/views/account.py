"""One's own account: what is known about me, and what I may do with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn import limits
from iqn.access import ensure
from members import personal_data
from members.actions import affiliations, people
from members.errors import KindMissing, MembershipError, NotWorkingThere, SavedMeanwhile, WorksThereAlready
from members.forms.affiliations import EmployerForm
from members.forms.people import LeaveForm, ProfileForm
from members.models import Person

DOWNLOADS_AN_HOUR = 5
FORM_METHODS = ["GET", "HEAD", "POST"]


def recently_confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever did not just sign in types the password again first. A POST that comes too late is led back to its page,
    which asks."""
    guarded = reauthentication_required(view)

    @wraps(view)
    def asking(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if _has_just_signed_in(request):
            return view(request, *args, **kwargs)
        try:
            return guarded(request, *args, **kwargs)
        except ReauthenticationRequired:
            if request.method == "POST":
                return redirect(request.get_full_path())
            raise

    return asking


def _has_just_signed_in(request: HttpRequest) -> bool:
    """allauth itself counts only a password that was typed again."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _own_trail() -> list[tuple[str, str]]:
    return [(_("Your account"), reverse("members:account"))]


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = request.user.person
    latest = person.applications.order_by("-submitted_at", "-pk").first()
    context = {
        "subject": person,
        "latest": latest,
        "current": person.current_affiliations().select_related("organization"),
        "consents": person.consents.all(),
        "may_change_employer": request.user.has_perm("members.change_employer", person),
        "may_leave": request.user.has_perm("members.leave_network", person),
    }
    return render(request, "members/account.html", context)


@require_http_methods(FORM_METHODS)
def profile_edit(request: HttpRequest) -> HttpResponse:
    person: Person = request.user.person
    ensure(request.user.has_perm("members.edit_profile", person))
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    context = {"form": form, "form_version": form["version"].value(), "trail": _own_trail()}
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            people.edit_profile(by=person, person=person, expected_version=version, **form.values())
        except SavedMeanwhile as refusal:
            person.refresh_from_db()
            context |= {
                "conflict": str(refusal),
                "differences": _differences(form, person),
                "form_version": person.version,
            }
            status = 409
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("members:account")
    return render(request, "members/profile_form.html", context, status=status)


def _differences(form: ProfileForm, saved: Person) -> list[tuple[str, str, str]]:
    """(label, what is saved now, what was typed) of every field in which the two differ."""

    def words(name: str, value) -> str:
        choices = dict(Person._meta.get_field(name).flatchoices)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(choices.get(value, value) if value not in (None, "") else "–")

    return [
        (form.fields[name].label, words(name, getattr(saved, name)), words(name, typed))
        for name, typed in form.values().items()
        if getattr(saved, name) != typed
    ]


@require_http_methods(FORM_METHODS)
def affiliation_change(request: HttpRequest) -> HttpResponse:
    person: Person = request.user.person
    ensure(request.user.has_perm("members.change_employer", person))
    form = EmployerForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            affiliations.change_employer(by=person, **form.values())
        except MembershipError as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.success(request, _("Saved. What you posted before keeps the organization of its day."))
            return redirect("members:account")
    return render(request, "members/affiliation_form.html", {"form": form, "trail": _own_trail()})


def _field_of(refusal: MembershipError) -> str | None:
    fields = {KindMissing: "kind", WorksThereAlready: "organization", NotWorkingThere: "day"}
    return fields.get(type(refusal))


@require_http_methods(FORM_METHODS)
def leave(request: HttpRequest) -> HttpResponse:
    ensure(request.user.has_perm("members.leave_network", request.user.person))
    return _leave(request)


@recently_confirmed
def _leave(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        people.leave(by=request.user.person, name_on_posts=form.cleaned_data["name_on_posts"])
        logout(request)
        messages.success(
            request, _("You have left the network. A letter confirms it. Thank you for your part in it.")
        )
        return redirect("portal:home")
    return render(request, "members/leave.html", {"form": form, "trail": _own_trail()})


@require_safe
def data_download(request: HttpRequest) -> HttpResponse:
    ensure(request.user.has_perm("members.download_person", request.user.person))
    if request.GET.get("format") == "zip":
        return _data_zip(request)
    context = {"parts": personal_data.parts(), "kept_back": personal_data.reasons(), "trail": _own_trail()}
    return render(request, "members/data_download.html", context)


@recently_confirmed  # type: ignore[arg-type]
def _data_zip(request: HttpRequest) -> StreamingHttpResponse:
    person = request.user.person
    limits.check("data-download", person.pk, DOWNLOADS_AN_HOUR, 3600)
    response = StreamingHttpResponse(personal_data.zip_of(person), content_type="application/zip")
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="iqn-{day}.zip"'
    return response
