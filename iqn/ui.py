"""The few template tags of the portal, available in every template."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from iqn import dates
from iqn.devices import device_words
from iqn.text import render_member_text, render_official_text
from iqn.typography import typeset

register = template.Library()

register.filter("iqn_date", dates.date_element)
register.filter("iqn_datetime", dates.datetime_element)
register.filter("iqn_date_words", dates.date_words)
register.filter("member_text", render_member_text)
register.filter("official_text", render_official_text)
register.filter("typeset", typeset)
register.filter("device_words", device_words)


@register.filter
def partial_date(value: str, estimated: bool = False) -> str:
    return dates.partial_date_words(value, estimated=estimated)


@register.filter
def capped(count: int | None) -> str:
    """Counts above 1,000 read "1,000+": an exact one costs more than it tells."""
    if count is None:
        return ""
    return gettext("%(count)s+") % {"count": number_format(1000)} if count > 1000 else number_format(count)


@register.filter
def error_count(form) -> int:
    """How many points the summary of errors lists."""
    return sum(len(errors) for errors in form.errors.values())


@register.simple_tag(takes_context=True)
def query_with(context, **changes) -> str:
    """The present query string with some parameters changed; None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def query(**parameters) -> str:
    return "?" + urlencode({k: v for k, v in parameters.items() if v not in (None, "")})


@register.inclusion_tag("forms/submission_token.html")
def submission_token() -> dict:
    """The hidden field that makes a repeated POST of this very form do nothing a second time."""
    return {"token": uuid4()}
