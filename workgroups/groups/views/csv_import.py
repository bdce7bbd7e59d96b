"""The page that brings in a CSV file: first a dry run, then the same for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from iqn.importing import FileError, Outcome, Sheet
from workgroups.groups.forms.csv_import import CsvImportForm
from workgroups.groups.models import Group

Run = Callable[..., list[Outcome]]


def csv_import(
    request: HttpRequest, group: Group, *, sheet: Sheet, dry_run: Run, apply: Run, template: str, back: str,
    trail: list[tuple[str, str]], takes: Mapping[str, Iterable[object]],
) -> HttpResponse:  # fmt: skip
    """`template` extends groups/csv_import.html; `back` is the page that shows what was brought in; `takes` says of a column which
    words it knows."""
    form = CsvImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    outcomes: list[Outcome] = []
    text = ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        is_for_good = request.POST.get("do") == "apply"
        try:
            outcomes = (apply if is_for_good else dry_run)(by=request.user.person, group=group, text=text)
        except FileError as refusal:
            form.add_error("file", str(refusal))
        else:
            if is_for_good and not any(outcome.is_error for outcome in outcomes):
                words = ngettext("%(n)s line was taken over.", "%(n)s lines were taken over.", len(outcomes))
                messages.success(request, words % {"n": len(outcomes)})
                return redirect(back)
    context = {
        "group": group, "form": form, "trail": trail, "outcomes": outcomes, "text": text, "back": back,
        "errors": sum(outcome.is_error for outcome in outcomes), "sheet": sheet,
        "takes": [(column, list(words)) for column, words in takes.items()],
    }  # fmt: skip
    return render(request, template, context)
