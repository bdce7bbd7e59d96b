"""Documents of a group: the list, the page of each, its files, and what those who may change do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iqn.access import ensure
from iqn.files.errors import FileRefused
from iqn.files.serving import attachment
from iqn.history.models import Event
from iqn.listing import FilteredList
from workgroups.groups.actions import documents as actions
from workgroups.groups.choices import Part
from workgroups.groups.document_rows import DocumentRow, row_of
from workgroups.groups.errors import GroupError, StaleVersion
from workgroups.groups.exports import DOCUMENT_COLUMNS
from workgroups.groups.filters import DocumentFilter
from workgroups.groups.forms.documents import DocumentEditForm, DocumentFileForm, DocumentForm, WithdrawForm
from workgroups.groups.identifiers import document_rows
from workgroups.groups.models import Document, Group
from workgroups.groups.views.finding import group_or_404, trail_to

FORM_METHODS = ["GET", "HEAD", "POST"]
MAY_EDIT = "groups.edit_document"


def document_or_404(request: HttpRequest, slug: str, identifier: str) -> Document:
    rows = Document.objects.visible_to(request.user).with_files().filter(group__slug=slug)
    return get_object_or_404(document_rows(rows, identifier))


def documents_trail(group: Group, *further: tuple[str, str]) -> list[tuple[str, str]]:
    return trail_to(group, (_("Documents"), reverse("groups:document-list", args=[group.slug])), *further)


@method_decorator(login_not_required, name="dispatch")
class DocumentList(FilteredList):
    template_name = "groups/document_list.html"
    filterset_class = DocumentFilter
    columns = DOCUMENT_COLUMNS

    @cached_property
    def group(self) -> Group:
        return group_or_404(self.request, self.kwargs["slug"])

    @property
    def export_name(self) -> str:
        return f"documents-{self.group.slug}"

    def all_rows(self) -> QuerySet:
        rows = Document.objects.visible_to(self.request.user).filter(group=self.group)
        return rows.current().with_files().latest_first()

    def prepared(self, rows: list[Document]) -> list[DocumentRow]:
        return [row_of(document) for document in rows]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        may_upload = self.request.user.has_perm("groups.upload_document", self.group)
        return super().get_context_data(
            group=self.group, may_upload=may_upload, trail=trail_to(self.group), **kwargs
        )


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    document = document_or_404(request, slug, identifier)
    user, group = request.user, document.group
    is_of_roster = user.has_perm("groups.view_roster_details", group)
    row = row_of(document)
    context = {
        "group": group,
        "document": document,
        "row": row,
        "behind": next((line for line in row.files if line.is_behind), None),
        "is_of_roster": is_of_roster,
        "sees_names": user.has_perm("groups.view_roster_names", group),
        "may_edit": user.has_perm(MAY_EDIT, document) and not document.is_withdrawn,
        "story": Event.objects.about(document).visible_to(user) if is_of_roster else [],
        "trail": documents_trail(group),
        "noindex": document.visibility != Part.PUBLIC or document.is_withdrawn,
    }
    return render(request, "groups/document_detail.html", context)


@login_not_required
@require_safe
def document_download(request: HttpRequest, slug: str, identifier: str, pk: int) -> HttpResponse:
    document = document_or_404(request, slug, identifier)
    upload = next((upload for upload in document.files.versions if upload.pk == pk), None)
    if upload is None or document.is_withdrawn:
        raise Http404
    return attachment(request, upload, name=f"{document.identifier}-{upload.language}-{upload.number}")


@require_http_methods(FORM_METHODS)
def document_create(request: HttpRequest, slug: str) -> HttpResponse:
    group = group_or_404(request, slug)
    ensure(request.user.has_perm("groups.upload_document", group))
    may_show = request.user.has_perm("groups.show_document", group)
    form = DocumentForm(*_posted(request), may_show=may_show)
    if request.method == "POST" and form.is_valid():
        document = actions.add(by=request.user.person, group=group, **form.values())
        messages.success(request, _("The document is there. This is its address for good."))
        return redirect(document)
    context = {"group": group, "form": form, "may_show": may_show, "trail": documents_trail(group)}
    return render(request, "groups/document_create.html", context)


@require_http_methods(FORM_METHODS)
def document_add_file(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    document = document_or_404(request, slug, identifier)
    ensure(request.user.has_perm(MAY_EDIT, document))
    form = DocumentFileForm(*_posted(request), files=document.files)

    def act() -> None:
        actions.add_file(
            by=request.user.person, document=document, checked=form.cleaned_data["file"],
            language=form.cleaned_data["language"],
        )  # fmt: skip

    return _changed(request, document, form, act, "groups/document_add_file.html", _("The file is there."))


@require_http_methods(FORM_METHODS)
def document_edit(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    document = document_or_404(request, slug, identifier)
    ensure(request.user.has_perm(MAY_EDIT, document))
    may_show = request.user.has_perm("groups.show_document", document)
    form = DocumentEditForm(*_posted(request), document=document, may_show=may_show)

    def act() -> None:
        try:
            actions.describe(by=request.user.person, document=document, **form.cleaned_data)
        except StaleVersion:
            form.look_again()
            raise

    return _changed(request, document, form, act, "groups/document_edit.html", _("Saved."))


@require_http_methods(FORM_METHODS)
def document_withdraw(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    document = document_or_404(request, slug, identifier)
    ensure(request.user.has_perm(MAY_EDIT, document))
    form = WithdrawForm(*_posted(request))

    def act() -> None:
        actions.withdraw(by=request.user.person, document=document, **form.cleaned_data)

    return _changed(
        request, document, form, act, "groups/document_withdraw.html", _("The document is withdrawn.")
    )


def _posted(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _changed(request: HttpRequest, document: Document, form, act, template: str, said: str) -> HttpResponse:
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except (GroupError, FileRefused) as refusal:
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, StaleVersion) else 200
        else:
            messages.success(request, said)
            return redirect(document)
    group = document.group
    trail = documents_trail(group, (document.identifier, document.get_absolute_url()))
    context = {"group": group, "document": document, "row": row_of(document), "form": form, "trail": trail}
    return render(request, template, context, status=status)
