"""One's own application: applying, and seeing where it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iqn.access import ensure, is_staff
from members import transitions
from members.actions import applications
from members.choices import MembershipState, MessageKind
from members.errors import MembershipError
from members.forms.applications import AnswerForm, ApplicationForm
from members.models import MembershipApplication
from members.transitions import Event


@require_http_methods(["GET", "HEAD", "POST"])
def application_apply(request: HttpRequest) -> HttpResponse:
    if not transitions.is_possible(request.user.standing, Event.APPLY):  # type: ignore[arg-type]
        return redirect("members:application-status")
    ensure(request.user.has_perm("members.apply_for_membership"))
    person = request.user.person
    before = MembershipApplication.objects.select_related("organization").latest_of(person)
    form = ApplicationForm(request.POST if request.method == "POST" else None, person=person, before=before)
    if request.method == "POST" and form.is_valid():
        try:
            applications.apply(by=person, **form.for_action())
        except MembershipError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your application is in. We have sent you a message that says so."))
            return redirect("members:application-status")
    return render(request, "members/application_apply.html", {"form": form, "before": before})


@require_http_methods(["GET", "HEAD", "POST"])
def application_status(request: HttpRequest) -> HttpResponse:
    attempts = list(
        MembershipApplication.objects.visible_to(request.user)
        .filter(person__user=request.user)
        .select_related("person", "organization__kind", "occupation", "jurisdiction")
        .order_by("-submitted_at", "-pk")
    )
    if not attempts:
        return redirect("portal:queue" if is_staff(request.user) else "members:application-apply")
    application, *earlier = attempts
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        ensure(request.user.has_perm("members.answer_application", application))
        if form.is_valid():
            try:
                applications.answer(
                    application=application, by=request.user.person, text=form.cleaned_data["text"]
                )
            except MembershipError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("Your answer has reached us. Staff act next."))
                return redirect("members:application-status")
    return render(
        request, "members/application_status.html", _status_page(application, earlier, form), status=status
    )


def _status_page(
    application: MembershipApplication, earlier: list[MembershipApplication], form: AnswerForm
) -> dict:
    asked = application.state == MembershipState.NEEDS_INFORMATION
    said = application.messages.exclude(kind=MessageKind.NOTE)
    return {
        "application": application,
        "step": transitions.NEXT_STEPS[application.state],  # type: ignore[index]
        "conversation": [{"is_question": m.kind == MessageKind.QUESTION, "message": m} for m in said],
        "earlier": earlier,
        "form": form if asked or form.is_bound else None,
        "may_apply_again": transitions.is_possible(application.state, Event.APPLY),  # type: ignore[arg-type]
        "is_member": application.state == MembershipState.APPROVED,
        "is_declined": application.state == MembershipState.DECLINED,
        "is_waiting": application.is_waiting,
    }
