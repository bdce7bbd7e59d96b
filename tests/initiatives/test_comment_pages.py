"""Posting, answering, editing, removing and hiding, page by page."""

from __future__ import annotations

import pytest
import time_machine

from initiatives.models import Comment
from tests.factories.initiatives import CommentFactory
from tests.factories.members import make_person
from tests.initiatives.conversation import address, anchors, create_address, html_of, page_of
from tests.pages_check import problems_of

pytestmark = pytest.mark.django_db

GOOD = {"kind": "worked", "text": "It worked for *us*.", "language": "en"}


# --- Posting --------------------------------------------------------------------------------------------------


def test_posting_leads_to_the_comment_with_a_word_of_confirmation(world, sign_in):
    client = sign_in(world.other_author)
    response = client.post(create_address(world.initiative), GOOD, follow=True)

    comment = Comment.objects.latest("pk")
    assert response.redirect_chain == [(f"{page_of(world.initiative)}#{comment.anchor}", 302)]
    html = response.content.decode()
    assert "Your comment is posted." in html
    assert "<p>It worked for <em>us</em>.</p>" in html


def test_the_form_prefers_the_language_of_the_page(world, sign_in):
    client = sign_in(world.member)

    assert '<option value="en" selected>' in html_of(client, page_of(world.initiative))
    assert '<option value="fr" selected>' in html_of(client, page_of(world.initiative, "fr"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "   "}, "Write your comment."),
        ({"text": " … "}, "Write at least one word."),
        ({"text": "x" * 5001}, "Ensure this value has at most 5000 characters (it has 5001)."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"kind": ""}, "Choose what kind of comment it is."),
        ({"kind": "nonsense"}, "Select a valid choice. nonsense is not one of the available choices."),
        ({"language": ""}, "Choose the language of your text."),
        ({"language": "de"}, "Select a valid choice. de is not one of the available choices."),
    ],
)
def test_errors_are_told_beside_the_field_and_nothing_is_lost(world, sign_in, change, sentence):
    before = Comment.objects.count()
    response = sign_in(world.member).post(create_address(world.initiative), {**GOOD, **change})

    html = response.content.decode()
    assert response.status_code == 200
    assert problems_of(html) == []
    assert html.count(sentence) == 2  # in the summary and beside the field
    if "text" not in change:
        assert "It worked for *us*.</textarea>" in html
    assert Comment.objects.count() == before


def test_line_ends_count_as_one_character(world, sign_in):
    text = "a\r\n" * 2499 + "b"
    sign_in(world.member).post(create_address(world.initiative), {**GOOD, "text": text})

    assert Comment.objects.latest("pk").text == "a\n" * 2499 + "b"


def test_at_most_ten_comments_in_ten_minutes(world, sign_in):
    client = sign_in(world.member)
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        client = sign_in(world.member)
        answers = [
            client.post(create_address(world.initiative), {**GOOD, "text": f"No {n}"}).status_code
            for n in range(10)
        ]
        refused = client.post(address("reply", world.comment), {"text": "One more", "language": "en"})
        clock.shift(601)
        later = client.post(create_address(world.initiative), GOOD).status_code

    assert (answers, refused.status_code, later) == ([302] * 10, 429, 302)
    assert problems_of(refused.content.decode()) == []


def test_comments_on_a_withdrawn_initiative_are_closed(world, sign_in):
    html = html_of(sign_in(world.author), page_of(world.withdrawn))
    assert "Comments on this initiative are closed." in html
    assert "<textarea" not in html

    response = sign_in(world.author).post(create_address(world.withdrawn), GOOD, follow=True)
    assert "Comments on this initiative are closed." in response.content.decode()
    assert not Comment.objects.filter(text=GOOD["text"]).exists()


# --- One comment ----------------------------------------------------------------------------------------------


def test_a_comment_has_its_own_page_with_its_conversation(world, sign_in):
    html = html_of(sign_in(world.author), address("detail", world.reply))

    assert f"<title>Comment {world.reply.pk} on {world.initiative.identifier} - IQN</title>" in html
    assert "<h1>Reply by Amir Author</h1>" in html
    assert anchors(html) == [world.comment.anchor, world.reply.anchor]
    assert f'class="comment comment--here" id="{world.reply.anchor}"' in html
    assert "<h1>Comment by Mia Member</h1>" in html_of(
        sign_in(world.author), address("detail", world.comment)
    )


def test_numbers_in_addresses_are_never_grouped(world, sign_in):
    comment = CommentFactory(pk=1234567, initiative=world.initiative)
    client = sign_in(world.member)

    assert "1,234,567" not in html_of(client, address("detail", comment))
    assert 'id="c1234567"' in html_of(client, page_of(world.initiative))


def test_a_tombstone_keeps_its_address_and_its_replies(world, sign_in):
    Comment.objects.filter(pk=world.comment.pk).update(removed_at=world.comment.created_at, text="zanzibar")
    html = html_of(sign_in(world.author), address("detail", world.comment))

    assert "<h1>A comment that is no longer shown</h1>" in html
    assert "zanzibar" not in html
    assert "A year." in html


def test_replying(world, sign_in):
    client = sign_in(world.other_author)
    html = html_of(client, address("reply", world.reply))
    assert "<h1>Reply to Amir Author</h1>" in html
    assert "<p>A year.</p>" in html

    response = client.post(
        address("reply", world.reply), {"text": "Thank you.", "language": "en"}, follow=True
    )
    reply = Comment.objects.latest("pk")
    assert (reply.parent, reply.answers, reply.author) == (world.comment, world.reply, world.other_author)
    assert response.redirect_chain == [(f"{page_of(world.initiative)}#{reply.anchor}", 302)]
    assert "Your reply is posted." in response.content.decode()
    assert "Write your reply." in client.post(address("reply", world.reply), {}).content.decode()


def test_editing(world, sign_in):
    client = sign_in(world.member)
    html = html_of(client, address("edit", world.comment))
    assert "How long did it take?</textarea>" in html
    assert 'name="version" value="1"' in html

    response = client.post(address("edit", world.comment), {**GOOD, "version": 1}, follow=True)
    world.comment.refresh_from_db()
    assert (world.comment.text, world.comment.kind, world.comment.version) == (GOOD["text"], "worked", 2)
    assert "<span>Edited</span>" in response.content.decode()
    assert "Your comment is saved." in response.content.decode()


def test_editing_a_reply_asks_for_no_kind(world, sign_in):
    html = html_of(sign_in(world.author), address("edit", world.reply))

    assert 'name="kind"' not in html
    assert 'name="text"' in html


def test_a_second_window_loses_nothing(world, sign_in):
    client = sign_in(world.member)
    client.post(address("edit", world.comment), {**GOOD, "text": "From the first window", "version": 1})
    response = client.post(address("edit", world.comment), {**GOOD, "text": "From the second", "version": 1})

    html = response.content.decode()
    assert response.status_code == 409
    assert problems_of(html) == []
    assert '<div class="conflict__text" lang="en">From the first window</div>' in html
    assert "From the second</textarea>" in html
    assert 'name="version" value="2"' in html
    again = client.post(address("edit", world.comment), {**GOOD, "text": "From the second", "version": 2})
    assert again.status_code == 302
    world.comment.refresh_from_db()
    assert world.comment.text == "From the second"


def test_removing(world, sign_in):
    client = sign_in(world.member)
    assert "<h1>Remove your comment?</h1>" in html_of(client, address("remove", world.comment))

    html = client.post(address("remove", world.comment), follow=True).content.decode()
    assert "Your comment is removed." in html
    assert html.count("Comment removed by its author.") == 2  # and the one of the world
    assert "A year." in html


def test_hiding_and_showing_again(world, sign_in):
    client = sign_in(world.staff)
    assert "Choose a reason." in client.post(address("hide", world.comment), {}).content.decode()
    html = client.post(
        address("hide", world.comment), {"reason": "advertising"}, follow=True
    ).content.decode()
    assert "Comment hidden by staff. It is meant to sell (guideline P12)." in html

    assert "<h1>Show this comment again?</h1>" in html_of(client, address("hide", world.comment))
    html = client.post(address("hide", world.comment), follow=True).content.decode()
    assert "The comment is shown again." in html
    assert "<p>How long did it take?</p>" in html


def test_own_words_of_staff_stand_in_both_languages_or_in_none(world, sign_in):
    client = sign_in(world.staff)
    words = {"reason": "conduct", "words_en": "It names a client."}
    html = client.post(address("hide", world.comment), words).content.decode()
    assert html.count("Write it in both languages, or leave both empty for the usual sentence.") == 2

    client.post(address("hide", world.comment), {**words, "words_fr": "On y nomme une cliente."})
    world.comment.refresh_from_db()
    assert (world.comment.hidden_reason_en, world.comment.hidden_reason_fr) == (
        "It names a client.", "On y nomme une cliente.",
    )  # fmt: skip
    too_long = {**words, "words_en": "x" * 401, "words_fr": "x"}
    assert "at most 400 characters" in client.post(address("hide", world.reply), too_long).content.decode()


@pytest.mark.parametrize("verb", ["reply", "edit", "remove", "hide", "report"])
def test_what_went_out_of_sight_meanwhile_is_said(world, sign_in, verb):
    role = {"reply": "author", "report": "author", "hide": "staff"}.get(verb, "member")
    client = sign_in(getattr(world, role))
    data = {**GOOD, "version": 1, "reason": "conduct"}
    html = client.post(address(verb, world.removed_comment), data, follow=True).content.decode()

    assert "This comment is no longer shown, so nothing more can be done with it." in html


@pytest.mark.parametrize("verb", ["reply", "edit"])
def test_when_comments_were_closed_meanwhile_it_is_said(world, sign_in, verb):
    world.withdrawn_comment.author = world.author
    world.withdrawn_comment.save()
    html = sign_in(world.author).get(address(verb, world.withdrawn_comment), follow=True).content.decode()

    assert "Comments on this initiative are closed." in html


def test_a_race_with_removal_is_said_too(world, sign_in, monkeypatch):
    """The page was fetched while the comment was shown; the action finds it gone."""
    from initiatives.actions import comments as actions
    from initiatives.errors import CommentNotShown
    from initiatives.models import Report

    def gone(**kwargs):
        Comment.objects.filter(pk=kwargs["comment"].pk).update(removed_at=world.comment.created_at)
        raise CommentNotShown

    for name in ("reply_to_comment", "edit_comment", "remove_comment", "hide_comment"):
        monkeypatch.setattr(actions, name, gone)
    client = sign_in(world.staff)
    world.comment.author = world.staff
    world.comment.save()
    for verb in ("reply", "edit", "remove", "hide"):
        Comment.objects.filter(pk=world.comment.pk).update(removed_at=None)
        response = client.post(address(verb, world.comment), {**GOOD, "version": 1, "reason": "conduct"})
        assert (response.status_code, response["Location"]) == (302, address("detail", world.comment)), verb
    assert Report.objects.count() == 1


# --- In French ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "role", "heading"),
    [
        ("detail", "author", "Commentaire signé Mia Member"),
        ("reply", "author", "Répondre à Mia Member"),
        ("edit", "member", "Modifier votre commentaire"),
        ("remove", "member", "Retirer votre commentaire?"),
        ("hide", "staff", "Masquer le commentaire signé Mia Member"),
        ("report", "author", "Signaler le commentaire signé Mia Member"),
    ],
)
def test_every_page_in_french(world, sign_in, verb, role, heading):
    html = html_of(sign_in(getattr(world, role)), address(verb, world.comment, "fr"))

    assert f"<h1>{heading}</h1>" in html
    assert html.count("Bridging for midwives") >= 1


def test_errors_in_french(world, sign_in):
    html = sign_in(world.member).post(create_address(world.initiative, "fr"), {}).content.decode()

    for sentence in (
        "Écrivez votre commentaire.",
        "Choisissez le genre de commentaire.",
        "Indiquez la langue de votre texte.",
    ):
        assert html.count(sentence) == 2, sentence


def test_members_only_initiatives_keep_their_comments_to_members(world, sign_in):
    stranger = make_person("Nobody Special")
    assert sign_in(stranger).get(address("detail", world.members_comment)).status_code == 403
    assert sign_in(world.author).get(address("detail", world.members_comment)).status_code == 200
