"""What tests of comments ask again and again: addresses, sound pages, the comments on them."""

from __future__ import annotations

import re

from django.urls import reverse
from django.utils import translation

from initiatives.models import Comment
from tests.pages_check import problems_of


def address(verb: str, comment: Comment, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"initiatives:comment-{verb}", args=[comment.initiative.identifier, comment.pk])


def page_of(initiative, language: str = "en") -> str:
    with translation.override(language):
        return reverse("initiatives:detail", args=[initiative.identifier])


def create_address(initiative, language: str = "en") -> str:
    with translation.override(language):
        return reverse("initiatives:comment-create", args=[initiative.identifier])


def html_of(client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    html = response.content.decode()
    assert problems_of(html) == []
    return html


def anchors(html: str) -> list[str]:
    return re.findall(r'<article class="comment[^"]*" id="(c\d+)"', html)
