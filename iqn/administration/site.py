"""Django admin as the staff's workshop: the portal's own sign-in, rules instead of a table of permissions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_header = _("IQN: staff")
    site_title = _("IQN: staff")
    index_title = _("What staff look after")
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "–"

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None):
        """The admin has no door of its own: strangers go to the portal's, whoever is not staff goes home."""
        asked = request.GET.get("next", "")
        if not url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
            asked = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(asked, settings.LOGIN_URL)
        return redirect(asked if request.user.is_staff else "portal:home")


def acting_person(request: HttpRequest) -> Any:
    """What staff do is done by people: an account without a person (a bare superuser) only looks."""
    person = getattr(request.user, "person", None)
    if person is None:
        raise PermissionDenied
    return person


class RulesModelAdmin(admin.ModelAdmin):
    """Asks `<app>.<verb>_<model>` through user.has_perm, with the object at hand. Nothing is deleted here: leaving and
    hiding are states, and history stays."""

    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context=None):
        """A list is called by what it lists: "select … to change" agrees with no French noun."""
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the hidden twin that Django gives to a field whose default is computed: forms here know by their stamp
        what they were filled in over."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.show_hidden_initial = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return _in_reading_order(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return _in_reading_order(super().formfield_for_manytomany(db_field, request, **kwargs))

    def _may(self, request: HttpRequest, verb: str, obj=None) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}", obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False


def _in_reading_order(field):
    """Rows of a vocabulary as readers look for them."""
    if hasattr(getattr(field, "queryset", None), "in_reading_order"):
        field.queryset = field.queryset.in_reading_order()
    return field
