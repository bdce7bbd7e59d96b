"""What browsers and search engines ask for by themselves."""

import json
import logging

import pytest
from django.test import Client

from iqn.portal.views import reports

REPORT = {
    "csp-report": {
        "document-uri": "https://iqn.example.org/en/search/?q=private", "violated-directive": "script-src",
        "blocked-uri": "inline\nfake line", "line-number": 3, "script-sample": "alert(1)",
    }
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_allowance(monkeypatch):
    monkeypatch.setattr(reports, "allowance", reports._Allowance(reports.LINES_A_MINUTE))


def _send(body, **extra):
    return Client(enforce_csrf_checks=True).post(
        "/csp-report/", body, content_type="application/csp-report", **extra
    )


def test_a_report_is_one_line(caplog):
    with caplog.at_level(logging.WARNING, logger="iqn.csp"):
        response = _send(json.dumps(REPORT))

    assert response.status_code == 204
    assert [r.getMessage() for r in caplog.records] == [
        "Policy violated: document-uri=https://iqn.example.org/en/search/ violated-directive=script-src "
        "blocked-uri=inline_fake_line line-number=3"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "", "not json", "[]", "3", "null", '{"csp-report": 3}', '{"csp-report": []}', '{"other": {}}', "[" * 9000,
        b"\xff\xfe", json.dumps({"csp-report": {"document-uri": "x" * 20_000}}),
    ],
)  # fmt: skip
def test_nonsense_is_swallowed(body, caplog):
    with caplog.at_level(logging.WARNING, logger="iqn.csp"):
        assert _send(body).status_code == 204
    assert caplog.records == []


def test_a_flood_does_not_fill_the_log(caplog, monkeypatch):
    clock = [600.0]
    monkeypatch.setattr(reports.time, "monotonic", lambda: clock[0])
    with caplog.at_level(logging.WARNING, logger="iqn.csp"):
        for _n in range(reports.LINES_A_MINUTE + 20):
            assert _send(json.dumps(REPORT)).status_code == 204
        assert len(caplog.records) == reports.LINES_A_MINUTE
        clock[0] += 60
        _send(json.dumps(REPORT))
    assert len(caplog.records) == reports.LINES_A_MINUTE + 1


def test_robots():
    response = Client().get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /en/search/", "Disallow: /fr/recherche/"} <= set(lines)
