"""One event, a sentence in both languages, kept as of that day."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iqn.history.models import Event
from iqn.history.recording import record
from tests.factories.members import PersonFactory

pytestmark = pytest.mark.django_db


def test_keeps_its_sentence_in_both_languages():
    person = PersonFactory(name="Ada Demo")

    record(by=person, verb="x.said", phrase=_("English"), target=person)

    event = Event.objects.get()
    assert (event.sentence_en, event.sentence_fr, event.actor_name) == ("English", "Anglais", "Ada Demo")
    with translation.override("fr"):
        assert str(event) == "Anglais"


def test_the_name_of_that_day_stays():
    person = PersonFactory(name="Ada Demo")
    record(by=person, verb="x.did", phrase="%(actor)s did %(what)s", target=person, what="this")
    person.name = "Ada Renamed"
    person.save()

    assert Event.objects.get().sentence_en == "Ada Demo did this"


def test_without_a_person_the_portal_acted():
    person = PersonFactory()
    record(by=None, verb="x.did", phrase="%(actor)s did", target=person)

    event = Event.objects.get()
    assert (event.actor, event.actor_name, event.sentence_fr) == (None, "", "IQN did")


def test_about_one_target_and_only_for_whom_it_is(cast):
    record(by=None, verb="x.a", phrase="a", target=cast.member)
    record(by=None, verb="x.b", phrase="b", target=cast.member, for_staff=True)
    record(by=None, verb="x.c", phrase="c", target=cast.author)

    story = Event.objects.about(cast.member)
    assert [e.sentence_en for e in story.visible_to(cast.member.user)] == ["a"]
    assert [e.sentence_en for e in story.visible_to(cast.staff.user)] == ["a", "b"]
