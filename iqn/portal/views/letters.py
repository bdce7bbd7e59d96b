"""The letters that one may switch off: from the account, or by the link at the foot of one of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iqn import links
from iqn.access import ensure
from iqn.mail import actions, preferences
from iqn.portal.forms.letters import LettersForm
from members.models import Person

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def letters_edit(request: HttpRequest) -> HttpResponse:
    ensure(request.user.person is not None)
    return _edit(request, request.user.person)


@login_not_required
@require_http_methods(FORM_METHODS)
def letters_edit_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the letter may stop the next one; nothing else can be seen or done with the link."""
    try:
        values = links.read(preferences.LINK, token, lasts=preferences.LINKS_LAST)
    except links.LinkExpired:
        return redirect("portal:letters")
    except links.LinkDamaged as exc:
        raise Http404 from exc
    return _edit(request, get_object_or_404(Person, pk=values["person"]), by_link=True)


def _edit(request: HttpRequest, person: Person, *, by_link: bool = False) -> HttpResponse:
    form = LettersForm(
        request.POST if request.method == "POST" else None, in_force=preferences.in_force(person)
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_letters(by=person, wanted=form.wanted)
        messages.success(request, _("Saved."))
        return redirect(request.path)
    trail = [] if by_link else [(_("Your account"), reverse("members:account"))]
    return render(request, "portal/letters_edit.html", {"form": form, "trail": trail, "noindex": True})
