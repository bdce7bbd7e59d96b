"""Signs people in by e-mail, and fetches the reader of a page with all that the page asks of them in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        user = get_user_model().objects.with_standing().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
