"""Is what the page says still true?"""

import pytest
import time_machine
from django.utils import translation

from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "as_of", "changed"),
    [
        ("running", "2026-10", False),
        ("running", "2025-09", False),
        ("running", "2025-07", True),
        ("running", "2025", False),
        ("running", "2024", True),
        ("pilot", "2013-12-02", True),
        ("completed", "2013", False),
        ("discontinued", "2013", False),
        ("running", "", False),
    ],
)
def test_after_fifteen_months_without_a_word_it_may_have_changed(status, as_of, changed):
    with time_machine.travel("2026-11-22", tick=False):
        assert InitiativeFactory(status=status, status_as_of=as_of).may_have_changed is changed


@pytest.mark.parametrize(
    ("language", "estimated", "sentence"),
    [
        ("en", False, "What this page says was true in 2013."),
        ("en", True, "What this page says was true about 2013."),
        ("fr", False, "Ce que dit cette page était vrai en 2013."),
        ("fr", True, "Ce que dit cette page était vrai vers 2013."),
    ],
)
def test_the_page_says_so(client, language, estimated, sentence, site_pages):
    initiative = InitiativeFactory(status="running", status_as_of="2013", status_as_of_estimated=estimated)

    with translation.override(language):
        page = client.get(initiative.get_absolute_url()).content.decode()

    assert sentence in page
