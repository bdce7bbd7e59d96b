"""The first staff account, and every later one that nobody in the portal can make."""

from __future__ import annotations

import getpass
import secrets
import string
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from members.actions import account
from members.models import Person, User

# Without signs that look alike
SIGNS = "".join(set(string.ascii_lowercase + string.digits) - set("l1o0i"))


class Command(BaseCommand):
    help = "Create an account for FCRO staff, or promote an existing one. Staff enrol a second factor at first sign-in."

    def add_arguments(self, parser):
        parser.add_argument("email", help="the address to sign in with; it counts as proven")
        parser.add_argument("--name", default="", help="the person's name; needed for a new account")
        parser.add_argument(
            "--language", choices=("en", "fr"), default="en", help="language of letters and the admin"
        )
        parser.add_argument(
            "--generate", action="store_true", help="print a new password instead of asking for one"
        )

    def handle(self, email: str, name: str, language: str, generate: bool, **options):
        person = Person.objects.filter(user__emailaddress__email__iexact=email).first()
        _check(email, name or (person.name if person else ""))
        password = self._password(email, generate)
        try:
            staff = account.make_staff(by=None, email=email, name=name, password=password, language=language)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{staff.name} is FCRO staff now and signs in as {email.lower()}.")
        if password and generate:
            self.stdout.write(f"Password, shown this once: {password}")
            self.stdout.write("Change it after signing in.")
        elif not password:
            self.stdout.write("The password stays as it was.")

    def _password(self, email: str, generate: bool) -> str | None:
        """None where a proven account keeps its own. Never from the command line, which others can read."""
        if generate:
            return "-".join("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(4))
        if not account.needs_password(email):
            return None
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to ask for a password at. Use --generate.")
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        try:
            validate_password(password, User(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password


def _check(email: str, name: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email} is not an e-mail address.") from error
    if not name.strip():
        raise CommandError('A new account needs a name: --name "Name Surname".')
    if len(name) > 120:
        raise CommandError("The name is longer than 120 characters.")
