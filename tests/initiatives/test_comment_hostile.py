"""Hostile texts stay texts: on the page, in letters and in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from initiatives.actions import comments, reports
from initiatives.models import Comment
from tests.factories.initiatives import CommentFactory
from tests.site.hostile import STRINGS
from tests.site.test_hostile import _Danger as Danger

pytestmark = pytest.mark.django_db


def storable(text: str) -> bool:
    """What the form lets through: PostgreSQL takes no NUL and no lone surrogate."""
    return (
        "\0" not in text and text.encode(errors="replace").decode() == text and any(c.isalnum() for c in text)
    )


TEXTS = [text[:5000] for text in STRINGS if storable(text)]


def dangers(html: str) -> list[str]:
    finder = Danger()
    finder.feed(html)
    return finder.found


def test_there_are_enough_of_them():
    assert len(TEXTS) >= 40
    assert dangers("<p><img src=x onerror=alert(1)><a href=' javascript:x'>x</a>") != []


def test_on_the_page_and_in_the_admin(world, sign_in):
    made = [
        CommentFactory(initiative=world.others_initiative, author=world.member, text=text) for text in TEXTS
    ]
    pages = [world.others_initiative.get_absolute_url()]
    pages += [f"{pages[0]}?page={number}" for number in range(2, len(TEXTS) // 50 + 2)]
    member, staff = sign_in(world.member), sign_in(world.staff)

    seen = ""
    for page in pages:
        html = member.get(page).content.decode()
        assert dangers(html) == [], page
        seen += html
    assert [each.pk for each in made if f'id="{each.anchor}"' not in seen] == []
    for page in range(1, len(TEXTS) // 50 + 2):
        assert dangers(staff.get(f"/admin/initiatives/comment/?p={page}").content.decode()) == []
    for each in made[::10]:
        assert (
            dangers(staff.get(reverse("admin:initiatives_comment_change", args=[each.pk])).content.decode())
            == []
        )


def test_in_letters_and_reports(world, sign_in, deliver):
    staff = sign_in(world.staff)
    world.initiative.title = "<script>window.__x=1</script>\r\nBcc: x@example.org"
    world.initiative.save()
    for text in TEXTS[:60]:
        Comment.objects.filter(pk=world.comment.pk).update(text=text, hidden_at=None)
        world.comment.refresh_from_db()
        comments.reply_to_comment(comment=world.comment, by=world.author, text=text, language="en")
        report = reports.report_comment(comment=world.comment, reason="other", text=text, by=world.author)
        page = reverse("admin:initiatives_report_change", args=[report.pk])
        data = {"decision": "dismiss", "words_en": text[:2000], "words_fr": text[:2000], "preview": "1"}
        assert dangers(staff.post(page, data).content.decode()) == [], text
        reports.decide_report(
            report=report, decision="dismiss", outcome_en=text[:2000], outcome_fr=text[:2000], by=world.staff
        )

    letters = deliver()
    assert len(letters) == 180  # the answer, and the outcome to both
    for letter in letters:
        assert "\n" not in letter.subject
        assert dangers(letter.alternatives[0].content) == [], letter.body
        assert set(letter.message()) & {"Bcc", "Set-Cookie"} == set()


def test_posted_through_the_form(world, sign_in, monkeypatch):
    from initiatives.views import comments as views

    monkeypatch.setattr(views, "_limit", lambda request: None)
    client = sign_in(world.member)
    url = reverse("initiatives:comment-create", args=[world.initiative.identifier])
    for text in STRINGS[:: max(1, len(STRINGS) // 60)]:
        response = client.post(url, {"kind": "question", "text": text, "language": "en"})
        assert response.status_code in (200, 302), text
        assert dangers(response.content.decode()) == [], text
