"""What browsers report about the Content-Security-Policy."""

from __future__ import annotations

import json
import logging
import time
from threading import Lock

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

log = logging.getLogger("iqn.csp")

LONGEST = 16_384  # bytes of a report
LINES_A_MINUTE = 30  # in one process: a page full of violations, or a stranger, must not fill the log
FIELDS = (
    "document-uri",
    "violated-directive",
    "effective-directive",
    "blocked-uri",
    "source-file",
    "line-number",
)


class _Allowance:
    """So many lines in each minute."""

    def __init__(self, lines: int) -> None:
        self.lines, self.minute, self.used, self.lock = lines, 0, 0, Lock()

    def take(self) -> bool:
        minute = int(time.monotonic() // 60)
        with self.lock:
            if minute != self.minute:
                self.minute, self.used = minute, 0
            self.used += 1
            return self.used <= self.lines


allowance = _Allowance(LINES_A_MINUTE)


@csrf_exempt  # browsers send these by themselves, without a form or token; the answer is the same for everyone
@login_not_required
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    report = _report(request)
    if report and allowance.take():
        log.warning("Policy violated: %s", " ".join(report))
    return HttpResponse(status=204)


def _report(request: HttpRequest) -> list[str]:
    """The telling fields in one line; nothing for what no browser sends."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= LONGEST:
            return []
        found = json.loads(request.read(LONGEST))["csp-report"]
        return [f"{name}={_printable(found[name])}" for name in FIELDS if name in found]
    except (ValueError, TypeError, KeyError, RecursionError, OSError):
        return []


def _printable(value: object) -> str:
    """Without query strings, which may hold what somebody typed, and without line ends."""
    text = str(value).split("?")[0][:200]
    return "".join(c if c.isprintable() and not c.isspace() else "_" for c in text)
