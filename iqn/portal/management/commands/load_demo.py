"""Demo people and what they posted; prints the accounts. Does nothing twice, and nothing outside demo mode."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from initiatives.demo import load_demo_initiatives
from iqn.reference.models import StakeholderType
from members.demo import DemoPerson, load_demo_people
from members.models import Person
from workgroups.groups.demo import load_demo_groups
from workgroups.groups.demo_documents import load_demo_documents
from workgroups.meetings.demo import load_demo_meetings

AUTHOR = "author@example.org"


class Command(BaseCommand):
    help = "Create the demo accounts that are missing, and print them with their password (demo mode only)."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demo accounts exist in demo mode only: this portal has a secret or a database of its own."
            )
        if not StakeholderType.objects.exists():
            raise CommandError("Load the content first: manage.py load_content")
        password = kept_password(Path(settings.DATA_DIR) / "demo_password")
        people = load_demo_people(password)
        author = Person.objects.filter(user__email=AUTHOR).first()
        if author is not None:  # whoever tried the account may have left or changed its address
            load_demo_initiatives(author=author)
        load_demo_groups()
        load_demo_documents()
        load_demo_meetings()
        self.stdout.write(table(people, password))


def kept_password(path: Path) -> str:
    """Made at the first start, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{secrets.token_urlsafe(12)}\n")
    return path.read_text(encoding="utf-8").strip()


def table(people: list[DemoPerson], password: str) -> str:
    width = max(len(person.email) for person in people)
    lines = [f"  {person.email:<{width}}  {person.role}" for person in people]
    return "\n".join(["", f"Demo accounts, all with the password {password}", *lines, ""])
