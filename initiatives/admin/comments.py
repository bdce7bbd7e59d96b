"""All comments, for staff who look for one: read in full with its story, hide it or show it again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from initiatives.actions import comments as actions
from initiatives.errors import NotPossibleNow
from initiatives.forms.comments import HideCommentForm
from initiatives.models import Comment
from iqn.access import ensure
from iqn.administration.site import RulesModelAdmin, acting_person
from iqn.dates import date_element
from iqn.history.models import Event
from iqn.text import plain_text


class WhichComments(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "which"

    def lookups(self, request, model_admin):
        return [
            ("shown", pgettext("comments", "Shown")),
            ("hidden", pgettext("comments", "Hidden by staff")),
            ("removed", pgettext("comments", "Removed by their authors")),
            ("waiting", pgettext("comments", "Questions about imported initiatives, not answered")),
        ]

    def queryset(self, request, queryset):
        return {
            "shown": queryset.shown(),
            "hidden": queryset.filter(hidden_at__isnull=False),
            "removed": queryset.filter(removed_at__isnull=False),
            "waiting": queryset.filter(pk__in=Comment.objects.questions_for_staff().values("pk")),
        }.get(self.value(), queryset)


@admin.register(Comment)
class CommentAdmin(RulesModelAdmin):
    list_display = ("words", "written_by", "on", "day", "state")
    list_display_links = None
    list_filter = (WhichComments,)
    list_select_related = ("author", "initiative")
    search_fields = ("text", "author__name", "initiative__title")
    search_help_text = _("Words of the comment, its author or the initiative")
    ordering = ("-created_at", "-pk")
    sortable_by = ()
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": gettext("Comments"), **(extra_context or {})})

    @admin.display(description=_("comment"))
    def words(self, row):
        url = reverse("admin:initiatives_comment_change", args=[row.pk])
        words = plain_text(row.text, words=20) or gettext("(no words)")
        return format_html('<a href="{}" lang="{}">{}</a>', url, row.language, words)

    @admin.display(description=pgettext_lazy("column", "author"))
    def written_by(self, row):
        return row.author.name

    @admin.display(description=_("initiative"))
    def on(self, row):
        return row.initiative.identifier

    @admin.display(description=pgettext_lazy("column", "date"))
    def day(self, row):
        return date_element(row.created_at)

    @admin.display(description=_("state"))
    def state(self, row):
        return _state(row)

    # --- One comment

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        rows = Comment.objects.visible_to(request.user).select_related(
            "author", "author_organization", "initiative", "hidden_by"
        )
        comment = get_object_or_404(rows, pk=object_id if str(object_id).isdecimal() else 0)
        ensure(request.user.has_perm("initiatives.hide_comment", comment))
        form = (
            HideCommentForm(request.POST if request.method == "POST" else None) if comment.is_shown else None
        )
        if request.method == "POST" and (form is None or form.is_valid()):
            return self._change(request, comment, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Comment by %(name)s on %(title)s")
            % {"name": comment.author.name, "title": comment.initiative.identifier},
            "comment": comment,
            "state": _state(comment),
            "story": Event.objects.about(comment).visible_to(request.user),
            "form": form,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/initiatives/comment/comment.html", context)

    def _change(self, request: HttpRequest, comment: Comment, form: HideCommentForm | None) -> HttpResponse:
        """Hides what is shown, shows what is hidden; what its author removed stays as it is."""
        by = acting_person(request)
        try:
            if form is not None:
                reason_en, reason_fr = form.reasons()
                actions.hide_comment(comment=comment, reason_en=reason_en, reason_fr=reason_fr, by=by)
                messages.success(request, gettext("The comment is hidden. Its author is told by mail."))
            elif comment.is_hidden:
                actions.restore_comment(comment=comment, by=by)
                messages.success(request, gettext("The comment is shown again. Its author is told by mail."))
        except NotPossibleNow:
            messages.warning(
                request, gettext("This comment is no longer shown, so nothing more can be done with it.")
            )
        return HttpResponseRedirect(request.path)


def _state(comment: Comment) -> str:
    if comment.removed_at:
        return pgettext("comment", "Removed by its author")
    return pgettext("comment", "Hidden by staff") if comment.is_hidden else pgettext("comment", "Shown")
