"""The official pages, the guidelines clause by clause, the glossary."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, Q, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iqn.bilingual import reading_language
from iqn.pages.models import GUIDELINE_PAGES, OVERVIEW, Clause, GlossaryTerm, Page, Section
from iqn.pages.reading import addresses, readable
from iqn.text import folded


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The overview of the network, and the way to every page of its section."""
    page = Page.objects.visible_to(request.user).filter(key=OVERVIEW).first()
    if page is None:
        raise Http404
    return render(request, "pages/page_detail.html", _context(request, page))


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page. The other language's address, and the permanent short name, lead to the right one."""
    found = _page_at(request, slug)
    if found is None:
        raise Http404
    address = found.get_absolute_url()
    if address != request.path:
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{address}?{query}" if query and "#" not in address else address)
    request.twin_args = {"en": {"slug": found.slug_en}, "fr": {"slug": found.slug_fr}}  # type: ignore[attr-defined]
    trail = (
        []
        if found.section == Section.SITE
        else [(_("About the network"), addresses([Page(key=OVERVIEW)])[OVERVIEW])]
    )
    return render(request, "pages/page_detail.html", {**_context(request, found), "trail": trail})


@login_not_required
@require_safe
def guidelines(request: HttpRequest) -> HttpResponse:
    """Both guidelines, each with its clauses: the one place where a clause is quoted from."""
    pages = _all_pages(request)
    known = addresses(pages)
    texts = Page.objects.visible_to(request.user).filter(key__in=GUIDELINE_PAGES).in_bulk(field_name="key")
    clauses = list(Clause.objects.all())
    halves = [
        {
            "anchor": guideline.value,
            "page": texts[key],
            "intro": readable(texts[key].body.replace("\n## ", "\n### "), known).html,
            "clauses": [clause for clause in clauses if clause.guideline == guideline],
        }
        for key, guideline in GUIDELINE_PAGES.items()
        if key in texts
    ]
    context = {
        "halves": halves,
        "modified": max((half["page"].content_updated_on for half in halves), default=None),
        "trail": [(_("About the network"), addresses([Page(key=OVERVIEW)])[OVERVIEW])],
        "section_pages": _in_section(pages, Section.ABOUT),
    }
    return render(request, "pages/guidelines.html", context)


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(GlossaryTerm.objects.all(), key=lambda row: folded(row.term))
    other = "en" if reading_language() == "fr" else "fr"
    context = {
        "terms": [(row, getattr(row, f"term_{other}")) for row in terms],
        "their_language": other,
        "trail": [(_("About the network"), addresses([Page(key=OVERVIEW)])[OVERVIEW])],
        "section_pages": _in_section(_all_pages(request), Section.ABOUT),
    }
    return render(request, "pages/glossary.html", context)


def _page_at(request: HttpRequest, slug: str) -> Page | None:
    own, other = ("slug_fr", "slug_en") if reading_language() == "fr" else ("slug_en", "slug_fr")
    return (
        Page.objects.visible_to(request.user)
        .filter(Q(**{own: slug}) | Q(**{other: slug}) | Q(key=slug))
        .order_by(
            Case(When(**{own: slug}, then=Value(0)), When(**{other: slug}, then=Value(1)), default=Value(2))
        )
        .first()
    )


def _all_pages(request: HttpRequest) -> list[Page]:
    return list(Page.objects.visible_to(request.user).without_texts())


def _in_section(pages: list[Page], section: str) -> list[Page]:
    return [page for page in pages if page.section == section]


def _context(request: HttpRequest, page: Page) -> dict:
    pages = _all_pages(request)
    return {
        "page": page,
        "text": readable(page.body, addresses(pages)),
        "section_pages": _in_section(pages, page.section),
        "section_title": Section(page.section).label,
        "is_about": page.section == Section.ABOUT,
        "trail": [],
        "may_edit": request.user.has_perm("pages.change_page", page),
    }
