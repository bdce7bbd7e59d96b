"""Asking permission: `ensure` turns a "no" into 403."""

from django.core.exceptions import PermissionDenied


def ensure(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless allowed. Fetch with `visible_to` first, so that 404 comes before 403."""
    if not allowed:
        raise PermissionDenied


def is_member(user) -> bool:
    """Is this an approved member? False for the anonymous user, applicants and those who left."""
    return bool(getattr(user, "is_member", False))


def is_staff(user) -> bool:
    """Is this FCRO staff (or a superuser)?"""
    return bool(getattr(user, "is_staff", False))
