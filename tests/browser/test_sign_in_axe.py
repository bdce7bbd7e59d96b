"""axe over every state of the pages of signing in, most of which lie in the middle of a flow."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.accounts.page_states import states
from tests.browser.test_axe import look  # noqa: F401 (a fixture)
from tests.site.states import State

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_state(site_pages, deliver, look, language):  # noqa: F811
    with translation.override(language):
        seen = [State(label, f"/{language}/", 200, html) for label, html in states(deliver)]

    found = {}
    for state in seen:
        for width in (1280, 320):
            problems = look(state, width)
            if problems:
                found[f"{state.label} at {width}"] = problems
    assert found == {}
    assert len(seen) > 45
