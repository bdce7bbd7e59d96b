"""Rows for measuring: many initiatives and members, one initiative with 50 comments. Made in bulk, once."""

from __future__ import annotations

import random

from django.utils import timezone

from initiatives.choices import CommentKind, InitiativeStatus, PostState
from initiatives.models import Comment, Initiative
from iqn import searching
from iqn.reference.models import InitiativeType, Jurisdiction, Occupation, Stage
from iqn.text import folded
from members.choices import MembershipState
from members.models import Affiliation, MembershipApplication, Organization, Person, User

WORDS = [
    "bridging",
    "assessment",
    "nurses",
    "engineers",
    "licence",
    "pathway",
    "mentoring",
    "competency",
    "exam",
    "orientation",
    "recognition",
    "newcomers",
    "regulator",
    "college",
    "program",
    "province",
    "pharmacy",
    "teachers",
    "network",
    "standards",
    "employer",
    "internship",
    "language",
    "pilot",
]


def fill(*, initiatives: int, members: int, comments: int = 50) -> Initiative:
    """Bring the tables up to these numbers; answers the initiative that has the comments."""
    chance = random.Random(7)  # noqa: S311 (the same rows every time)
    organizations = list(Organization.objects.all())
    people = _people(members, organizations, chance)
    _initiatives(initiatives, organizations, people, chance)
    return _commented(people, comments)


def _people(wanted: int, organizations, chance) -> list[Person]:
    have = User.objects.filter(email__startswith="bench").count()
    users = User.objects.bulk_create(
        User(email=f"bench{n}@example.org", password="!") for n in range(have, wanted)
    )
    people = [Person(user=user, name=f"Bench {user.pk}", sort_name=f"bench {user.pk}") for user in users]
    Person.objects.bulk_create(people)
    province = Jurisdiction.objects.first()
    now = timezone.now()
    homes = [chance.choice(organizations) for _ in people]
    MembershipApplication.objects.bulk_create(
        MembershipApplication(
            person=person, organization=home, role_title="Analyst", jurisdiction=province, reason="Bench",
            language="en", state=MembershipState.APPROVED, decided_at=now,
        )
        for person, home in zip(people, homes, strict=True)
    )  # fmt: skip
    Affiliation.objects.bulk_create(
        Affiliation(person=person, organization=home, title="Analyst")
        for person, home in zip(people, homes, strict=True)
    )
    return list(Person.objects.filter(user__email__startswith="bench").order_by("pk")[:200])


def _initiatives(wanted: int, organizations, people, chance) -> None:
    have = Initiative.objects.filter(number__gte=100_000).count()
    rows = []
    for n in range(have, wanted):
        title = " ".join(chance.sample(WORDS, 6)).capitalize()
        rows.append(
            Initiative(
                number=100_000 + n, title=title, summary=" ".join(chance.choices(WORDS, k=30)),
                work=" ".join(chance.choices(WORDS, k=120)), language=chance.choice(["en", "fr"]),
                state=PostState.PUBLISHED, published_at=timezone.now(), author=chance.choice(people),
                lead_organization=chance.choice(organizations), status=chance.choice(InitiativeStatus.values),
                status_as_of="2026-01", search_text=folded(title), content_updated_on=timezone.localdate(),
            )
        )  # fmt: skip
    for start in range(0, len(rows), 2000):
        Initiative.objects.bulk_create(rows[start : start + 2000])
    for field, vocabulary in (
        ("occupations", Occupation), ("jurisdictions", Jurisdiction), ("types", InitiativeType), ("stages", Stage),
    ):  # fmt: skip
        choices = list(vocabulary.objects.values_list("pk", flat=True))
        through = getattr(Initiative, field).through
        column = f"{vocabulary._meta.model_name}_id"
        links = [through(**{"initiative_id": row.pk, column: chance.choice(choices)}) for row in rows]
        through.objects.bulk_create(links, batch_size=5000, ignore_conflicts=True)
    _index()


def _index() -> None:
    from django.contrib.postgres.search import SearchVector
    from django.db.models import F, TextField, Value
    from django.db.models.functions import Concat

    for language, configuration in searching.CONFIGURATIONS.items():
        Initiative.objects.filter(search_vector=None, language=language).update(
            search_vector=SearchVector("title", config=configuration, weight="A")
            + SearchVector(
                Concat(F("summary"), Value(" "), F("work"), output_field=TextField()),
                config=configuration,
                weight="B",
            )
        )


def _commented(people, wanted: int) -> Initiative:
    initiative = Initiative.objects.filter(number__gte=100_000).order_by("pk").first()
    have = initiative.comments.count()
    Comment.objects.bulk_create(
        Comment(
            initiative=initiative, author=people[n % len(people)], kind=CommentKind.values[n % 5], language="en",
            text="We tried this in our province. " * 6,
        )
        for n in range(have, wanted)
    )  # fmt: skip
    return initiative
