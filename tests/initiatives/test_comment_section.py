"""The comments on an initiative's page."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string

from initiatives.choices import CommentKind
from initiatives.models import Comment
from initiatives.views import threads
from initiatives.views.comments import comment_context
from initiatives.views.threads import RowMaker
from tests.factories.initiatives import CommentFactory, InitiativeFactory
from tests.initiatives.conversation import address, anchors, html_of, page_of
from tests.world import ROLES

pytestmark = pytest.mark.django_db


def test_strangers_learn_how_many_comments_there_are_and_are_invited(world, sign_in):
    html = html_of(sign_in(None), page_of(world.initiative))

    assert '<h2 id="comments-heading">Comments (2)</h2>' in html  # two are shown, two are tombstones
    assert f"?next={page_of(world.initiative)}%23comments" in html
    assert "Sign in to read and comment" in html
    for hidden in ("How long did it take?", "A year.", "Mia Member", "hors sujet", "tombstone"):
        assert hidden not in html
    assert "How long did it take?" in html_of(sign_in(world.member), page_of(world.initiative))


@pytest.mark.parametrize("role", ["applicant", "declined", "left"])
def test_who_is_no_member_reads_none(world, sign_in, role):
    html = html_of(sign_in(getattr(world, role)), page_of(world.initiative))

    assert "Comments (2)" in html
    assert "Comments are read and written by members of the network." in html
    assert "A year." not in html
    assert "<textarea" not in html


def test_an_initiative_without_comments_invites_the_first(world, sign_in):
    url = page_of(world.others_initiative)

    assert "Members of the network write the first one." in html_of(sign_in(None), url)
    assert "Say so below." in html_of(sign_in(world.member), url)
    assert "No comment yet." in html_of(sign_in(world.staff), url)


def test_comments_stand_oldest_first_with_their_replies_and_tombstones(world, sign_in):
    later = CommentFactory(
        initiative=world.initiative, author=world.other_author, text="Later", language="fr"
    )
    answer = CommentFactory(
        initiative=world.initiative,
        author=world.member,
        parent=world.comment,
        answers=world.reply,
        text="Thanks.",
    )
    html = html_of(sign_in(world.member), page_of(world.initiative))

    assert anchors(html) == [
        each.anchor
        for each in (world.comment, world.reply, answer, world.removed_comment, world.hidden_comment, later)
    ]
    assert "Comment removed by its author." in html
    assert "Comment hidden by staff. It is off the subject." in html
    assert f'in answer to <a href="#{world.reply.anchor}">Amir Author</a>' in html
    assert '<div class="prose" lang="fr"><p>Later</p>' in html
    assert '<span class="tag tag--info">Question</span>' in html
    assert "Edited" not in html


def test_staff_read_tombstones_without_their_text(world, sign_in):
    Comment.objects.filter(pk=world.hidden_comment.pk).update(text="zanzibar")
    url = page_of(world.initiative)

    assert "zanzibar" not in html_of(sign_in(world.staff), url)
    assert address("hide", world.hidden_comment) in html_of(sign_in(world.staff), url)
    assert "zanzibar" in html_of(sign_in(world.staff), address("hide", world.hidden_comment))


def test_former_members_who_wished_it_lose_their_name(world, sign_in):
    world.member.is_shown_as_former_member = True
    world.member.save()
    html = html_of(sign_in(world.author), page_of(world.initiative))

    assert "Former member" in html
    assert "Mia Member" not in html


def test_comments_narrow_by_kind_with_counts(world, sign_in):
    concern = CommentFactory(initiative=world.initiative, kind=CommentKind.CONCERN, text="Careful.")
    client = sign_in(world.member)

    html = html_of(client, page_of(world.initiative))
    assert re.findall(r'<a href="(\?[^"]*#comments)"( aria-current="true")?>([^<]+)</a>', html) == [
        ("?#comments", ' aria-current="true"', "All kinds (2)"),
        ("?kind=question#comments", "", "Question (1)"),
        ("?kind=concern#comments", "", "Concern (1)"),
    ]
    assert anchors(html_of(client, page_of(world.initiative) + "?kind=concern")) == [concern.anchor]
    assert len(anchors(html_of(client, page_of(world.initiative) + "?kind=nonsense"))) == 5


def test_one_kind_alone_needs_no_choice(world, sign_in):
    assert "All kinds" not in html_of(sign_in(world.member), page_of(world.initiative))


def test_long_lists_have_pages(world, sign_in, monkeypatch):
    monkeypatch.setattr(threads, "THREADS_ON_A_PAGE", 2)
    late = CommentFactory(initiative=world.initiative)
    answer = CommentFactory(initiative=world.initiative, parent=late)
    client = sign_in(world.member)
    url = page_of(world.initiative)

    first, second = html_of(client, url), html_of(client, url + "?page=2")
    assert anchors(first) == [world.comment.anchor, world.reply.anchor, world.removed_comment.anchor]
    assert anchors(second) == [world.hidden_comment.anchor, late.anchor, answer.anchor]
    assert 'href="?page=2#comments"' in first
    assert 'rel="prev" href="?page=1#comments"' in second
    for odd in ("0", "-1", "9999", "99999999999", "9" * 5000, "x", "٣"):
        assert html_of(client, f"{url}?page={odd}")
    assert anchors(html_of(client, url + "?page=9999")) == anchors(second)
    assert f"{url}?page=2#{answer.anchor}" in html_of(client, address("detail", answer))


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_section_takes_three_queries_however_many_comments(world, rf, number, django_assert_num_queries):
    initiative = InitiativeFactory()
    for _ in range(number):
        comment = CommentFactory(initiative=initiative)
        CommentFactory(initiative=initiative, parent=comment)
    request = rf.get("/")
    request.user = get_user_model().objects.with_standing().get(pk=world.member.user_id)

    with django_assert_num_queries(3):  # what marks it as out of date, numbers, comments with their authors
        context = comment_context(request, initiative)
        html = render_to_string("initiatives/_comments.html", context, request)
    assert len(anchors(html)) == 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_a_conversation_takes_a_constant_number_of_queries(world, sign_in, number, django_assert_num_queries):
    for _ in range(number):
        CommentFactory(initiative=world.initiative, parent=world.comment)
    client = sign_in(world.member)
    html_of(client, address("detail", world.comment))

    with django_assert_num_queries(6):
        client.get(address("detail", world.comment))


def test_links_of_each_row_are_what_the_permissions_say(world):
    """Rows ask once for the whole page; this holds them against the permissions of each comment."""
    verbs = ("reply", "edit", "remove", "report", "hide")
    for initiative in (world.initiative, world.withdrawn):
        comments = list(threads.with_authors(Comment.objects.shown().filter(initiative=initiative)))
        assert comments
        for role in ROLES[1:]:
            user = getattr(world, role).user
            maker = RowMaker(user, initiative)
            for comment in comments:
                possible = {
                    verb: initiative.accepts_comments or verb not in ("reply", "edit") for verb in verbs
                }
                allowed = [
                    v for v in verbs if possible[v] and user.has_perm(f"initiatives.{v}_comment", comment)
                ]
                assert list(maker.row(comment).verbs) == allowed, (role, comment.pk)
                for verb, url in maker.row(comment).verbs.items():
                    assert url == address(verb, comment)


def test_the_section_in_french(world, sign_in):
    CommentFactory(initiative=world.initiative, kind=CommentKind.WORKED)
    html = html_of(sign_in(world.member), page_of(world.initiative, "fr"))

    for words in (
        "Commentaires (3)", "Tous les genres", "Cela a fonctionné chez nous", "Écrire un commentaire",
        "Commentaire retiré par son auteur.", "Commentaire masqué par le personnel. Hors sujet.",
        "Répondre<span class=\"vh\"> (commentaire signé Amir Author)</span>", "Publier le commentaire",
    ):  # fmt: skip
        assert words in html, words
    assert (
        f"/fr/initiatives/{world.initiative.identifier}/commentaires/{world.comment.pk}/signaler/" not in html
    )
    assert address("report", world.reply, "fr") in html
