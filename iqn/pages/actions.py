"""Changing official texts. Each leaves one event."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqn.history.official_texts import add_official_text, change_official_text
from iqn.history.recording import record
from iqn.pages.errors import HalfAPage
from iqn.pages.models import Page


def add_page(*, by: models.Model | None, page: Page) -> Page:
    _refuse_half(page)
    return add_official_text(by=by, row=page)


@transaction.atomic
def save_page(*, by: models.Model | None, page: Page, stamp: str, values: dict[str, Any]) -> Page:
    """Change a page that still reads as it did when the form was filled in (else ChangedMeanwhile)."""
    saved = change_official_text(by=by, row=page, stamp=stamp, values=values)
    _refuse_half(saved)
    return saved


@transaction.atomic
def confirm_page(*, by: models.Model | None, page: Page) -> Page:
    """Somebody has read it again: it is still true."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    page.confirmed_on = timezone.localdate()
    page.save(update_fields=["confirmed_on"])
    record(
        by=by,
        verb="pages.page_confirmed",
        phrase=_("%(actor)s confirmed that “%(title)s” is still true."),
        target=page,
        for_staff=True,
        title=lambda: str(page),
    )
    return page


def _refuse_half(page: Page) -> None:
    if page.is_published and not page.is_complete_in_both:
        raise HalfAPage(str(page))
