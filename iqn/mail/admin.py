"""The ledger for staff: read only, but for sending again what failed. Codes and reset links are never shown."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import Count
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iqn.administration.site import RulesModelAdmin
from iqn.mail import actions
from iqn.mail.errors import NothingToSettle
from iqn.mail.models import Message, MessageState


@admin.register(Message)
class MessageAdmin(RulesModelAdmin):
    list_display = ("event", "address", "state", "age", "attempts", "error")
    list_filter = ("state", "event", "language")
    search_fields = ("address", "event")
    date_hierarchy = "created_at"
    show_full_result_count = False
    actions = ("send_again", "let_go")
    fields = (
        "event", "address", "recipient", "language", "state", "subject", "is_secret", "created_at", "next_try_at",
        "claimed_at", "finished_at", "expires_at", "attempts", "error", "once",
    )  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).defer("secret_subject", "secret_text")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_settle_permission(self, request) -> bool:
        return request.user.has_perm("mail.settle_message")

    def changelist_view(self, request, extra_context=None):
        counted = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
        counts = [(state.label, state.value, counted.get(state.value, 0)) for state in MessageState]
        return super().changelist_view(request, {**(extra_context or {}), "counts": counts})

    @admin.display(description=_("age"), ordering="created_at")
    def age(self, message: Message) -> str:
        return timesince(message.created_at, timezone.now(), depth=1)

    @admin.action(description=_("Send the chosen letters again"), permissions=["settle"])
    def send_again(self, request, queryset) -> None:
        done = self._settle(request, queryset, actions.send_again)
        if done:
            text = ngettext("%(count)s letter waits to be sent.", "%(count)s letters wait to be sent.", done)
            messages.success(request, text % {"count": done})

    @admin.action(
        description=_("Let the chosen letters go: nobody needs them any more"), permissions=["settle"]
    )
    def let_go(self, request, queryset) -> None:
        done = self._settle(request, queryset, actions.let_go)
        if done:
            text = ngettext("%(count)s letter is settled.", "%(count)s letters are settled.", done)
            messages.success(request, text % {"count": done})

    def _settle(self, request, queryset, action: Callable) -> int:
        refused = 0
        for message in queryset:
            try:
                action(by=getattr(request.user, "person", None), message=message)
            except NothingToSettle:
                refused += 1
        if refused:
            text = ngettext(
                "%(count)s letter was left alone: only what failed or is unsure is settled, and a code is never sent "
                "again.",
                "%(count)s letters were left alone: only what failed or is unsure is settled, and a code is never "
                "sent again.",
                refused,
            )
            messages.warning(request, text % {"count": refused})
        return len(queryset) - refused
