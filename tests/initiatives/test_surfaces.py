"""A word that stands only in a private or unpublished initiative is nowhere to be seen by those who may not see it.

A surface is a name and a function (client, language, word) → everything that the reader is shown there. Other areas
add theirs to SURFACES; each is tried for every reader and every kind of hidden text. So that an empty page proves
nothing, each surface must also show the word of a public initiative, or say that it never shows words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from initiatives.actions import indexing
from initiatives.choices import PostState, PostVisibility
from initiatives.models import Initiative, InitiativeTranslation
from tests.factories.initiatives import InitiativeFactory
from tests.factories.reference import InitiativeTypeFactory, OccupationFactory

pytestmark = pytest.mark.django_db

WORD = "zwetschgenbaum"
OUTSIDERS = ("anonymous", "applicant", "declined", "left")


def content(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def page(name: str, query: str = "", **kwargs) -> Callable[[Client, str], str]:
    def shown(client: Client, language: str) -> str:
        with translation.override(language):
            url = reverse(name, kwargs=kwargs)
        return content(client.get(url + query, follow=True))

    return shown


@dataclass(frozen=True)
class Surface:
    name: str
    shown: Callable[[Client, str], str]
    shows_public: bool = True  # does a public initiative's word appear here for everyone?


SURFACES = [
    Surface("list", page("initiatives:list")),
    Surface("list by title", page("initiatives:list", "?sort=title")),
    Surface("list narrowed", page("initiatives:list", "?type=mentoring")),
    Surface("list as CSV", page("initiatives:list", "?format=csv")),
    Surface("home", page("portal:home"), shows_public=False),
    Surface("what it replaces", page("initiatives:detail", identifier="IQN-4001")),
    Surface("search", page("portal:search", f"?q={WORD[:6]}"), shows_public=False),
]


def hold_word(state: str, visibility: str, author) -> Initiative:
    """An initiative whose every text holds the word, in both languages, indexed as if it were public. Another one,
    without the word and public, says that it was replaced by this one."""
    texts = {name: f"{WORD} {name}" for name in ("title", "summary", "work", "problem", "results", "lessons")}
    initiative = InitiativeFactory(
        state=state, visibility=visibility, author=author, decision_text="Because", contact=WORD, to_verify=WORD,
        **texts,
    )  # fmt: skip
    InitiativeTranslation.objects.create(initiative=initiative, language="fr", **texts)
    initiative.types.add(InitiativeTypeFactory(slug="mentoring"))
    indexing.index(initiative)
    InitiativeFactory(number=4001, title="The earlier one", replaced_by=initiative)
    return initiative


HIDDEN = [
    *[(state, PostVisibility.PUBLIC, OUTSIDERS + ("member", "other_author")) for state in PostState if state != "published"],
    (PostState.PUBLISHED, PostVisibility.MEMBERS, OUTSIDERS),
]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "visibility", "readers"), HIDDEN, ids=lambda v: v if isinstance(v, str) else ""
)
def test_the_word_is_nowhere(state, visibility, readers, world, sign_in):
    initiative = hold_word(state, visibility, world.author)
    seen = []
    for reader in readers:
        client = sign_in(getattr(world, reader, None))
        for language in ("en", "fr"):
            for surface in SURFACES:
                if f"{WORD} " in surface.shown(client, language):  # the search box repeats what was typed
                    seen.append((surface.name, reader, language))
            with translation.override(language):
                answer = client.get(initiative.get_absolute_url())
            if answer.status_code == 200 or WORD in content(answer):
                seen.append(("its own page", reader, language))
    assert seen == []


@pytest.mark.parametrize("surface", [s for s in SURFACES if s.shows_public], ids=lambda s: s.name)
def test_each_surface_would_have_shown_it(surface, world, sign_in):
    hold_word(PostState.PUBLISHED, PostVisibility.PUBLIC, world.author)

    for language in ("en", "fr"):
        assert f"{WORD} " in surface.shown(sign_in(None), language)


@pytest.mark.parametrize(
    ("state", "visibility", "readers"), HIDDEN, ids=lambda v: v if isinstance(v, str) else ""
)
def test_it_is_not_counted_either(state, visibility, readers, world, sign_in):
    initiative = hold_word(state, visibility, world.author)
    initiative.occupations.add(OccupationFactory(slug="rare-occupation"))

    for reader in readers:
        client = sign_in(getattr(world, reader, None))
        response = client.get(reverse("initiatives:list") + f"?q={WORD}")
        boxes = {box.name: {o.value: o.count for o in box.options} for box in response.context["facets"]}
        assert (response.context["total"], boxes["occupation"], boxes["type"]) == (0, {}, {}), reader


def test_its_author_and_members_do_see_what_is_theirs(world, sign_in):
    hold_word(PostState.PUBLISHED, PostVisibility.MEMBERS, world.author)

    for reader in ("member", "author", "other_author", "staff"):
        response = sign_in(getattr(world, reader)).get(reverse("initiatives:list") + f"?q={WORD}")
        assert response.context["total"] == 1, reader
