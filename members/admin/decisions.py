"""One step on one application: a page that shows the letter, a button that does it, and the next one opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iqn.access import ensure
from iqn.administration.site import acting_person
from members import hints, notifications, transitions
from members.actions import applications
from members.errors import MembershipError
from members.forms.decisions import ApproveForm, DeclineForm, NoteForm, QuestionForm
from members.models import DeclineReason, MembershipApplication
from members.transitions import Event

FOLDER = "admin/members/membershipapplication"


class DecisionPages:
    """Mixed into the admin of applications."""

    def get_urls(self):
        pages = [
            (name, getattr(self, f"{name}_view")) for name in ("approve", "ask", "decline", "reverse", "note")
        ]
        return [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"members_membershipapplication_{name}",
            )
            for name, view in pages
        ] + super().get_urls()

    # --- What every page here needs

    def application_or_404(self, request: HttpRequest, object_id: object) -> MembershipApplication:
        ensure(self.has_view_permission(request))
        application = self.get_object(request, str(object_id))
        if application is None:
            raise Http404
        return application

    def page_context(
        self, request: HttpRequest, application: MembershipApplication, **extra: Any
    ) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "application": application,
            "hints": hints.hints_for([application])[application.pk],
            **extra,
        }

    def possible_steps(self, application: MembershipApplication) -> list[tuple[str, str]]:
        """(label, address) of each step that the state allows now."""
        labels = {
            Event.APPROVE: pgettext("step", "Approve"),
            Event.ASK: pgettext("step", "Ask"),
            Event.DECLINE: pgettext("step", "Decline"),
        }
        steps = [(e, label) for e, label in labels.items() if transitions.is_possible(application.state, e)]  # type: ignore[arg-type]
        if application.can_be_reversed:
            steps.append((Event.REVERSE, pgettext("step", "Reverse the decision")))
        return [
            (label, reverse(f"admin:members_membershipapplication_{event.value}", args=[application.pk]))
            for event, label in steps
        ]

    def _to_decide(self, request: HttpRequest, object_id: int) -> MembershipApplication:
        application = self.application_or_404(request, object_id)
        ensure(request.user.has_perm("members.decide_application", application))
        return application

    def _open_next(self, decided: MembershipApplication) -> HttpResponse:
        """The one that stood behind this one in the queue; after the last one the oldest, then the empty list."""
        waiting = MembershipApplication.objects.waiting_for_staff().exclude(pk=decided.pk)
        behind = Q(state_since__gt=decided.state_since) | Q(
            state_since=decided.state_since, pk__gt=decided.pk
        )
        following = waiting.filter(behind).first() or waiting.first()
        if following is None:
            return redirect("admin:members_membershipapplication_changelist")
        return redirect("admin:members_membershipapplication_change", following.pk)

    def _carry_out(
        self,
        request: HttpRequest,
        form,
        application: MembershipApplication,
        step: Callable[[], Any],
        done: str,
    ) -> HttpResponse | None:
        """Do the step of a valid form, say so and open the next; None where the rules refused."""
        try:
            step()
        except MembershipError as refusal:
            form.add_error(None, str(refusal))
            return None
        messages.success(request, done % {"name": application.person.name})
        return self._open_next(application)

    def _step(
        self, request: HttpRequest, object_id: int, form_class, event: Event, act: Callable[..., Any], done: str,
        title: str, context: Callable[[MembershipApplication, Any], dict[str, Any]],
    ) -> HttpResponse:  # fmt: skip
        """The way of every step: show, send, open the next."""
        application = self._to_decide(request, object_id)
        form = form_class(request.POST) if request.method == "POST" else form_class()
        if request.method == "POST" and form.is_valid():
            by = acting_person(request)
            answer = self._carry_out(
                request,
                form,
                application,
                lambda: act(application=application, by=by, **form.cleaned_data),
                done,
            )
            if answer is not None:
                return answer
        elif not transitions.is_possible(application.state, event):  # type: ignore[arg-type]
            messages.warning(
                request,
                _("%(name)s: somebody else has decided meanwhile.") % {"name": application.person.name},
            )
            return redirect("admin:members_membershipapplication_change", application.pk)
        page = self.page_context(
            request,
            application,
            title=title % {"name": application.person.name},
            form=form,
            **context(application, form),
        )
        return TemplateResponse(request, f"{FOLDER}/{event.value}.html", page)

    # --- The steps

    def approve_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._step(
            request, object_id, ApproveForm, Event.APPROVE, applications.approve,
            done=_("%(name)s is a member now; the letter is on its way."), title=_("Approve: %(name)s"),
            context=lambda row, form: {"letter": notifications.preview(notifications.APPROVED, row)},
        )  # fmt: skip

    def ask_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._step(
            request, object_id, QuestionForm, Event.ASK, applications.ask,
            done=_("Your question to %(name)s is on its way."), title=_("Ask: %(name)s"),
            context=lambda row, form: {
                "letter": notifications.preview(notifications.QUESTION, row, question=form["text"].value() or "[…]")
            },
        )  # fmt: skip

    def decline_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._step(
            request, object_id, DeclineForm, Event.DECLINE, applications.decline,
            done=_("The application of %(name)s is declined; the letter is on its way."), title=_("Decline: %(name)s"),
            context=lambda row, form: {"options": decline_options([row], form)},
        )  # fmt: skip

    def reverse_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        application = self._to_decide(request, object_id)
        refusal = ""
        if request.method == "POST":
            try:
                applications.reverse(application=application, by=acting_person(request))
            except MembershipError as exc:
                refusal = str(exc)
            else:
                messages.success(
                    request,
                    _("The decision is reversed: %(name)s waits again, and the letter is on its way.")
                    % {"name": application.person.name},
                )
                return redirect("admin:members_membershipapplication_change", application.pk)
        elif not application.can_be_reversed:
            messages.warning(request, _("This decision cannot be reversed any more."))
            return redirect("admin:members_membershipapplication_change", application.pk)
        letter = notifications.preview("members.decision_reversed", application, decision=application.state)
        title = _("Reverse the decision: %(name)s") % {"name": application.person.name}
        page = self.page_context(request, application, title=title, letter=letter, refusal=refusal)
        return TemplateResponse(request, f"{FOLDER}/reverse.html", page)

    def note_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Answers the small form on the page of the application."""
        application = self._to_decide(request, object_id)
        form = NoteForm(request.POST) if request.method == "POST" else NoteForm()
        if request.method == "POST" and form.is_valid():
            applications.add_note(
                application=application, by=acting_person(request), text=form.cleaned_data["text"]
            )
            messages.success(request, _("The note is kept."))
            return redirect("admin:members_membershipapplication_change", application.pk)
        title = _("Internal note: %(name)s") % {"name": application.person.name}
        page = self.page_context(request, application, title=title, form=form)
        return TemplateResponse(request, f"{FOLDER}/note.html", page)


def decline_options(rows: list[MembershipApplication], form: DeclineForm) -> list[dict[str, Any]]:
    """Each usable reason with its text in the languages of these applicants; for one applicant the whole letter too."""
    languages = sorted({row.language for row in rows})
    chosen = str(form["reason"].value() or "")
    options = []
    for reason in DeclineReason.objects.filter(is_retired=False):
        wordings = [(language, reason.wording(language)) for language in languages]
        if not all(wording for _language, wording in wordings):
            continue
        options.append(
            {
                "reason": reason,
                "is_chosen": str(reason.pk) == chosen,
                "wordings": wordings,
                "letter": notifications.preview_declined(rows[0], reason) if len(rows) == 1 else None,
            }
        )
    return options
