"""HTML as the Nu validator reads it, and as tests.pages_check does: nothing wrong on any page state."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.pages_check import problems_of
from tests.site.gathering import KINDS, gather

pytestmark = pytest.mark.slow
VNU = os.environ.get("VNU_JAR", "")
needs_vnu = pytest.mark.skipif(
    not (VNU and shutil.which("java")) and os.environ.get("CI") != "true",
    reason="needs Java and VNU_JAR, the path of the Nu validator",
)


def complaints(folder) -> list[str]:
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-jar", VNU, "--errors-only", "--format", "json", str(folder)],
        capture_output=True,
        text=True,
    )
    return [
        f"{found['url'].rsplit('/', 1)[-1]}: {found['message']} | {found.get('extract', '')[:120]}"
        for found in json.loads(done.stderr or '{"messages": []}')["messages"]
    ]


@needs_vnu
@pytest.mark.parametrize("kind", KINDS)
def test_every_page_state_is_valid(request, tmp_path, kind):
    every = gather(request, kind, "en", "fr")
    for number, state in enumerate(every):
        name = re.sub("[^a-z0-9]+", "-", state.label.lower()).strip("-")[:100]
        (tmp_path / f"{number:04d}-{name}.html").write_text(state.html)

    assert complaints(tmp_path) == []
    if kind != "admin":  # its templates are Django's
        assert {state.label: problems_of(state.html) for state in every if problems_of(state.html)} == {}
    assert len(every) > 10
    print(f"\nvalidated {len(every)} page states, {kind}")


@needs_vnu
def test_the_validator_finds_what_is_wrong(tmp_path):
    (tmp_path / "wrong.html").write_text(
        '<!doctype html><html lang="en"><title>T</title><p><div></div></p></html>'
    )

    [found] = complaints(tmp_path)

    assert found.startswith("wrong.html: No “p” element in scope but a “p” end tag seen.")
