"""The queue of translations: one text a page, saving one opens the next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from iqn.bilingual import LANGUAGES, MISSING, OUT_OF_DATE, OfficialText, WantedTranslation
from iqn.differences import word_differences
from iqn.history.official_texts import ChangedMeanwhile
from iqn.portal.actions import translations as actions
from iqn.portal.forms.translations import TranslationForm
from iqn.portal.versions import text_when_in_step
from iqn.portal.wanted import WantedText, models_by_name, wanted_texts

PERMISSION = "pages.translate_official_text"


@require_safe
def translation_next(request: HttpRequest) -> HttpResponse:
    """To the oldest wanted text, or back to the queue."""
    ensure(request.user.has_perm(PERMISSION))
    found, _count = wanted_texts(1)
    if found:
        return redirect(found[0].url)
    messages.success(request, _("No translation is missing or out of date."))
    return redirect("portal:queue")


@require_http_methods(["GET", "HEAD", "POST"])
def translation_edit(request: HttpRequest, model: str, pk: int, column: str) -> HttpResponse:
    ensure(request.user.has_perm(PERMISSION))
    row = _row(model, pk)
    wanted = _wanted(row, column)
    data = request.POST if request.method == "POST" else None
    nothing_to_write = data is not None and "in_step" in data and wanted.problem == OUT_OF_DATE
    form = TranslationForm(None if nothing_to_write else data, row=row, wanted=wanted)
    if data is not None and (nothing_to_write or form.is_valid()):
        try:
            _save(request, form, wanted, in_step=nothing_to_write)
        except ChangedMeanwhile as changed:
            form = _with_new_stamp(request, changed.current, wanted)
        else:
            return redirect("portal:queue-translations")
    return render(request, "portal/translation_form.html", _context(form, wanted))


def _save(request: HttpRequest, form: TranslationForm, wanted: WantedTranslation, *, in_step: bool) -> None:
    by = getattr(request.user, "person", None)
    stamp = request.POST.get("stamp", "")
    if in_step:
        actions.declare_in_step(by=by, row=form.row, wanted=wanted, stamp=stamp)
        messages.success(request, _("Noted: both languages agree."))
    else:
        text = form.cleaned_data["text"]
        actions.translate(by=by, row=form.row, wanted=wanted, stamp=stamp, text=text)
        messages.success(request, _("Saved."))


def _with_new_stamp(
    request: HttpRequest, current: OfficialText, wanted: WantedTranslation
) -> TranslationForm:
    """Somebody else saved meanwhile: what was typed stays, the source is shown as it is now."""
    data = {"text": request.POST.get("text") or getattr(current, wanted.column) or "", "stamp": current.stamp}
    form = TranslationForm(data, row=type(current)._default_manager.get(pk=current.pk), wanted=wanted)
    form.add_error(
        None,
        _(
            "Somebody else changed this text while you wrote. Compare your text with the source below, then save again."
        ),
    )
    return form


def _row(model: str, pk: int) -> OfficialText:
    if model not in models_by_name():
        raise Http404
    return get_object_or_404(models_by_name()[model], pk=pk)


def _wanted(row: OfficialText, column: str) -> WantedTranslation:
    """The wish for this column; a column that wants nothing may be looked at and improved as well."""
    columns = {
        f"{field}_{language}": (field, language) for field in row.official_fields for language in LANGUAGES
    }
    if column not in columns:
        raise Http404
    for wanted in row.wanted_translations():
        if wanted.column == column:
            return wanted
    field, language = columns[column]
    return WantedTranslation(field, language, "" if getattr(row, column) else MISSING)


def _context(form: TranslationForm, wanted: WantedTranslation) -> dict:
    row = type(form.row)._default_manager.get(pk=form.row.pk) if form.is_bound else form.row
    source = getattr(row, wanted.source_column) or ""
    before = text_when_in_step(row, wanted) if wanted.problem == OUT_OF_DATE else None
    return {
        "form": form,
        "row": row,
        "wanted": wanted,
        "text": WantedText(row, wanted, row.translation_wanted_since),
        "kind": capfirst(row._meta.verbose_name),
        "field_name": row._meta.get_field(wanted.field).verbose_name,
        "source": source,
        "changes": word_differences(before, source) if before is not None else [],
        "is_missing": wanted.problem == MISSING,
        "is_out_of_date": wanted.problem == OUT_OF_DATE,
        "noindex": True,
    }
