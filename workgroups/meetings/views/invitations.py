"""Inviting the roster and telling it what changed, each with a preview; and answering, signed in or from the mail."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from iqn import links
from iqn.access import ensure
from members.models import Person
from workgroups.groups.models import Term
from workgroups.meetings.actions import invitations as actions
from workgroups.meetings.choices import REPLY_LASTS
from workgroups.meetings.errors import MeetingError, MeetingIsOver, NotOnTheRoster
from workgroups.meetings.forms.invitations import AnswerForm
from workgroups.meetings.models import Meeting
from workgroups.meetings.views.fetching import meeting_of_address, meeting_trail, posted
from workgroups.meetings.views.rows import meeting_row


def roster_invite(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    if not meeting.is_planned or meeting.is_over:
        messages.warning(request, _("Invitations go out for meetings that are still to come."))
        return redirect(meeting)
    if request.method == "POST":
        count = actions.invite_roster(meeting=meeting, by=request.user.person)
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        messages.success(request, said % {"count": count})
        return redirect(meeting)
    context = {
        "meeting": meeting, "row": meeting_row(meeting), "letter": actions.preview(meeting, request.user.person),
        "people": actions.waiting(meeting), "trail": meeting_trail(meeting),
    }  # fmt: skip
    return render(request, "meetings/invitation_send.html", context)


def roster_tell(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    meeting = _prepared(request, slug, identifier)
    if not meeting.is_planned or meeting.is_over or not actions.standing(meeting)["untold"]:
        messages.warning(request, _("The roster knows everything already."))
        return redirect(meeting)
    if request.method == "POST":
        actions.tell_roster(meeting=meeting, by=request.user.person)
        messages.success(request, _("The roster is told, in one letter each."))
        return redirect(meeting)
    context = {
        "meeting": meeting, "row": meeting_row(meeting), "trail": meeting_trail(meeting),
        "letter": actions.preview_changes(meeting, request.user.person),
    }  # fmt: skip
    return render(request, "meetings/invitation_tell.html", context)


def invitation_answer(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """For somebody on the roster who is signed in."""
    meeting = meeting_of_address(request, slug, identifier)
    ensure(request.user.has_perm("meetings.answer_invitation", meeting))
    return _answered(request, meeting, request.user.person)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_reply(request: HttpRequest, slug: str, identifier: str, token: str) -> HttpResponse:
    """Behind the link in a letter: it holds one meeting and one person. Opening it changes nothing."""
    meeting = meeting_of_address(request, slug, identifier)
    try:
        values = links.read(actions.ANSWER_LINK, token, lasts=REPLY_LASTS)
    except links.LinkExpired:
        return _closed(request, meeting, MeetingIsOver.sentence)
    except links.LinkDamaged as exc:
        raise Http404 from exc
    person = Person.objects.filter(pk=values["person"]).first()
    if values["meeting"] != meeting.pk or person is None:
        raise Http404
    return _answered(request, meeting, person, from_letter=True)


def _answered(
    request: HttpRequest, meeting: Meeting, person: Person, *, from_letter: bool = False
) -> HttpResponse:
    closed = _why_closed(meeting, person)
    if closed:
        return _closed(request, meeting, closed)
    given = meeting.answers.filter(person=person).first()
    form = AnswerForm(posted(request), initial=_initial(request, given), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_invitation(meeting=meeting, by=person, **form.cleaned_data)
        except MeetingError as refusal:  # closed between our look and the answer
            return _closed(request, meeting, refusal)
        messages.success(request, _("Thank you: your answer is noted. You can change it until the meeting."))
        return redirect(request.path if from_letter else meeting.get_absolute_url())
    context = {
        "meeting": meeting, "row": meeting_row(meeting), "form": form, "given": given, "person": person,
        "noindex": from_letter, "trail": meeting_trail(meeting),
    }  # fmt: skip
    return render(request, "meetings/invitation_answer.html", context)


def _initial(request: HttpRequest, given) -> dict[str, Any]:
    """What the link says, else the answer given before."""
    initial = {}
    if given is not None:
        initial = {
            name: getattr(given, name) for name in ("answer", "delegate_name", "delegate_organization")
        }
    if request.GET.get("answer"):
        initial["answer"] = request.GET["answer"]
    return initial


def _why_closed(meeting: Meeting, person: Person) -> Any:
    if not meeting.is_planned:
        return _("This meeting does not take place. Nothing needs to be answered.")
    if meeting.is_over:
        return MeetingIsOver.sentence
    if not Term.objects.at_the_table_of(meeting.group).of(person).current().exists():
        return NotOnTheRoster.sentence
    return ""


def _closed(request: HttpRequest, meeting: Meeting, sentence: Any) -> HttpResponse:
    context = {"meeting": meeting, "sentence": sentence, "noindex": True, "trail": meeting_trail(meeting)}
    return render(request, "meetings/invitation_closed.html", context, status=410)


def _prepared(request: HttpRequest, slug: str, identifier: str) -> Meeting:
    meeting = meeting_of_address(request, slug, identifier)
    ensure(request.user.has_perm("meetings.prepare_meeting", meeting))
    return meeting
