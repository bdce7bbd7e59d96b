"""One form does one thing once."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from iqn.history.models import Event
from iqn.history.recording import record
from iqn.submissions.middleware import OncePerForm
from iqn.submissions.models import Submission
from tests.factories.members import PersonFactory

TOKEN = str(uuid.UUID(int=7))


def act(request, person):
    """A view that does something and redirects, or shows its form again."""
    if request.POST.get("bad"):
        return HttpResponse("errors")
    record(by=person, verb="tests.acted", phrase="acted", target=person)
    return HttpResponseRedirect(f"/there/{Event.objects.count()}/")


def post(person, **data):
    request = RequestFactory().post("/act/", data)
    request.user = person.user

    def inner(request):
        return middleware.process_view(request, act, (), {"person": person}) or act(request, person)

    middleware = OncePerForm(inner)
    return middleware(request)


@pytest.mark.django_db
def test_the_second_is_led_where_the_first_was():
    person = PersonFactory()

    first, second = post(person, submission=TOKEN), post(person, submission=TOKEN)

    assert (first["Location"], second["Location"]) == ("/there/1/", "/there/1/")
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_form_with_errors_keeps_its_token():
    person = PersonFactory()

    assert post(person, submission=TOKEN, bad="1").status_code == 200
    assert post(person, submission=TOKEN)["Location"] == "/there/1/"


@pytest.mark.django_db
def test_tokens_belong_to_their_sender():
    post(PersonFactory(), submission=TOKEN)
    post(PersonFactory(), submission=TOKEN)

    assert Event.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "not-a-token", "' OR 1=1", "\x00"])
def test_without_a_token_every_post_counts(token):
    person = PersonFactory()
    post(person, submission=token)
    post(person, submission=token)

    assert Event.objects.count() == 2
    assert Submission.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_do_one_thing():
    person = PersonFactory()
    places = []

    def send():
        places.append(post(person, submission=TOKEN)["Location"])
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert places == ["/there/1/"] * 50
    assert Event.objects.count() == 1
