"""HTML as the Nu validator reads it: zero errors on every page state."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess

import pytest

from tests.site import states

pytestmark = pytest.mark.slow
VNU = os.environ.get("VNU_JAR", "")


@pytest.mark.skipif(
    not (VNU and shutil.which("java")) and os.environ.get("CI") != "true",
    reason="needs Java and VNU_JAR, the path of the Nu validator",
)
def test_every_page_state_is_valid(world, sign_in, tmp_path):
    names = {}
    for language in ("en", "fr"):
        every = [
            *states.row_states(states.rows_of_part(0, 1), world, sign_in, language),
            *states.empty_states(sign_in, world.member, language),
            *states.error_states(sign_in, language),
        ]
        for state in every:
            if state.path.startswith("/admin/"):
                continue  # Django's own templates
            file = tmp_path / f"{len(names):04d}-{re.sub('[^a-z0-9]+', '-', state.label.lower())[:80]}.html"
            file.write_text(state.html)
            names[file.name] = state.label

    done = subprocess.run(
        ["java", "-jar", VNU, "--errors-only", "--format", "json", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    problems = json.loads(done.stderr or '{"messages": []}')["messages"]

    assert [
        f"{names[p['url'].rsplit('/', 1)[-1]]}: {p['message']} | {p.get('extract', '')[:120]}"
        for p in problems
    ] == []
    assert len(names) > 100
    print(f"\nvalidated {len(names)} page states")
