"""People and their accounts, as staff see them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from iqn.administration.site import RulesModelAdmin
from iqn.administration.stamped import StampedForm
from iqn.text import folded
from members.actions import people
from members.choices import MembershipState
from members.errors import MembershipError
from members.filters import containing_words
from members.models import MembershipApplication, Person, User


class MembershipFilter(admin.SimpleListFilter):
    title = _("membership")
    parameter_name = "membership"

    def lookups(self, request, model_admin):
        return [*MembershipState.choices, ("none", _("Never applied"))]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(standing=None if self.value() == "none" else self.value())


@admin.register(Person)
class PersonAdmin(RulesModelAdmin):
    form = StampedForm
    list_display = ("name", "membership", "account", "occupation", "jurisdiction", "languages")
    list_filter = (MembershipFilter, "jurisdiction")
    list_select_related = ("user", "occupation", "jurisdiction")
    search_fields = ("sort_name",)
    editable = ("name", "occupation", "jurisdiction", "languages", "language")
    fieldsets = (
        (None, {"fields": ("name", "account", ("occupation", "jurisdiction"), ("languages", "language"))}),
        (
            _("What the person decides"),
            {
                "fields": (
                    "about",
                    ("contact_email", "contact_email_visibility"),
                    ("phone", "phone_visibility"),
                    ("website", "website_visibility"),
                    ("is_listed_publicly", "accepts_messages", "is_shown_as_former_member"),
                    "stamp",
                )
            },
        ),
    )
    readonly_fields = (
        "account", "about", "contact_email", "contact_email_visibility", "phone", "phone_visibility", "website",
        "website_visibility", "is_listed_publicly", "accepts_messages", "is_shown_as_former_member",
    )  # fmt: skip

    def get_queryset(self, request):
        latest = MembershipApplication.objects.filter(person=OuterRef("pk")).order_by("-submitted_at", "-pk")
        return super().get_queryset(request).annotate(standing=Subquery(latest.values("state")[:1]))

    def get_search_results(self, request, queryset, search_term):
        by_name = containing_words(queryset, "sort_name", search_term)
        by_address = queryset.filter(user__email__icontains=folded(search_term).strip())
        return by_name | by_address, False

    def get_object(self, request, object_id, from_field=None):
        """Saving happens in one transaction with this lock: two people cannot pass each other."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            Person.objects.select_for_update().get(pk=row.pk)
            row.refresh_from_db()
        return row

    @admin.display(description=_("membership"), ordering="standing")
    def membership(self, person: Person) -> str:
        return MembershipState(person.standing).label if person.standing else _("Never applied")  # type: ignore[return-value]

    @admin.display(description=_("account"))
    def account(self, person: Person) -> str:
        return person.user.email if person.user else "–"

    def save_model(self, request, obj, form, change) -> None:
        values: dict[str, Any] = {name: form.cleaned_data[name] for name in self.editable}
        people.edit_profile(
            by=getattr(request.user, "person", None),
            person=obj,
            expected_version=int(form.current_stamp),
            **values,
        )


@admin.register(User)
class UserAdmin(RulesModelAdmin):
    """Accounts are looked at, closed and opened; nothing of them is typed here."""

    list_display = ("email", "person", "is_active", "date_joined", "last_login")
    list_filter = ("is_active", "groups")
    list_select_related = ("person",)
    search_fields = ("email", "person__sort_name")
    ordering = ("-date_joined",)
    fields = readonly_fields = ("email", "person", "is_active", "date_joined", "last_login", "groups")
    actions = ("close_accounts", "open_accounts")

    def has_add_permission(self, request) -> bool:
        return False

    @admin.action(description=_("Close the chosen accounts"), permissions=["change"])
    def close_accounts(self, request, queryset) -> None:
        self._set_active(request, queryset, is_active=False)

    @admin.action(description=_("Open the chosen accounts again"), permissions=["change"])
    def open_accounts(self, request, queryset) -> None:
        self._set_active(request, queryset, is_active=True)

    def _set_active(self, request, queryset, *, is_active: bool) -> None:
        for account in queryset:
            try:
                people.set_account_active(
                    by=getattr(request.user, "person", None), account=account, is_active=is_active
                )
            except MembershipError as refusal:
                messages.error(request, f"{account}: {refusal}")
            else:
                messages.success(request, str(account))
