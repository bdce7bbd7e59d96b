"""Write to a member without learning their address."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from iqn import limits
from iqn.access import ensure
from members.actions import messages as letters
from members.errors import TakesNoLetters
from members.forms.people import LetterForm
from members.models import Person

LETTERS_A_DAY = 20
LETTERS_A_DAY_TO_ONE = 3
DAY = 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def person_write(request: HttpRequest, pk: int) -> HttpResponse:
    ensure(request.user.has_perm("members.view_directory"))
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("user"), pk=pk)
    ensure(request.user.has_perm("members.write_to_person", person))
    form, status = LetterForm(request.POST if request.method == "POST" else None), 200
    if not person.can_be_written_to:
        messages.warning(request, str(TakesNoLetters()))
        return redirect(person)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, person, form)
        except limits.RateLimited as limited:
            form.add_error(None, _too_often(limited))
            status = 429
        else:
            messages.success(
                request, _("Your letter to %(name)s is on its way.") % {"name": person.display_name}
            )
            return redirect(person)
    trail = [(_("Members"), reverse("members:person-list")), (person.display_name, person.get_absolute_url())]
    context = {"form": form, "subject": person, "trail": trail, "own_address": request.user.email}
    return render(request, "members/person_write.html", context, status=status)


def _send(request: HttpRequest, person: Person, form: LetterForm) -> None:
    sender = request.user.person
    limits.check("person-write", sender.pk, LETTERS_A_DAY, DAY)
    limits.check("person-write-one", f"{sender.pk}:{person.pk}", LETTERS_A_DAY_TO_ONE, DAY)
    letters.write_to_person(by=sender, person=person, **form.cleaned_data)


def _too_often(limited: limits.RateLimited) -> str:
    hours = max(1, round(limited.retry_after / 3600))
    return ngettext(
        "You have written many letters. Nothing is lost: send this one in about %(hours)s hour.",
        "You have written many letters. Nothing is lost: send this one in about %(hours)s hours.",
        hours,
    ) % {"hours": hours}
