"""Signs people in by e-mail, and fetches the reader of a page with all that the page asks of them in one query."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.db.models import QuerySet


@cache
def _readers() -> QuerySet:
    """Kept, because putting this query together costs as much as asking it, and every page asks it."""
    return get_user_model().objects.with_standing()


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        user = next(iter(_readers().filter(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None

    # Permissions are predicates in code; Django's tables of them are never asked

    def has_perm(self, user_obj, perm, obj=None) -> bool:
        return False

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        return set()
