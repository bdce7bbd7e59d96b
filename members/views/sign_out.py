"""Leaving: what the browser kept of the visit goes too."""

from __future__ import annotations

from allauth.account.views import LogoutView
from django.http import HttpResponse


class SignOut(LogoutView):
    """GET asks, POST signs out."""

    def post(self, *args, **kwargs) -> HttpResponse:
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
