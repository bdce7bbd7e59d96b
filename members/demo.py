"""People to try the portal with. Every name is plainly invented; none of them exists outside demo data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from iqn.reference.models import Jurisdiction, Occupation, StakeholderType
from members.choices import STAFF_GROUP, MembershipState, MessageKind, Visibility
from members.models import (
    Affiliation,
    ApplicationMessage,
    Consent,
    MembershipApplication,
    Organization,
    Person,
    User,
)  # fmt: skip

DOMAIN = "example.org"


@dataclass(frozen=True)
class DemoPerson:
    account: str  # before the @
    name: str
    role: str = ""  # what the account shows; empty for those in the background
    organization: str = "demo-regulator"
    title: str = "Policy analyst"
    occupation: str = ""
    jurisdiction: str = "NS"
    language: str = "en"
    languages: str = "en"
    state: MembershipState | None = MembershipState.APPROVED
    days_ago: int = 60
    about: str = ""

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


ORGANIZATIONS = {
    # slug: English name, French name, type, place, confirmed
    "demo-regulator": ("Demo Regulator", "Organisme de réglementation de démonstration", "regulatory-authority", "NS"),
    "demo-college": ("Demo College", "Collège de démonstration", "educational-institution", "NS"),
    "demo-settlement-agency": (
        "Demo Settlement Agency", "Agence d’établissement de démonstration", "immigrant-serving-organization", "CA",
    ),
}  # fmt: skip

PEOPLE = (
    DemoPerson("staff", "Demo Staff", "FCRO staff: decides applications, the queue, the admin", state=None),
    DemoPerson(
        "cochair", "Demo Co-chair", "co-chair of the work groups on nursing and engineering", title="Director of registration",
        occupation="engineer", days_ago=400, languages="en,fr",
    ),
    DemoPerson("member", "Demo Member", "member on the roster of the nursing group", occupation="registered-nurse", days_ago=300),
    DemoPerson(
        "author", "Demo Author", "member with published initiatives and a draft", organization="demo-college", days_ago=350,
        title="Program coordinator", about="I run **bridging programs**. Ask me what the first cohort taught us.",
    ),
    DemoPerson("council", "Demo Council", "member who will sit on the council", title="Executive director", days_ago=420),
    DemoPerson(
        "applicant", "Demo Applicant", "application waiting for a decision", state=MembershipState.APPLIED,
        organization="demo-settlement-agency", title="Employment counsellor", days_ago=3,
    ),
    DemoPerson("alder", "Alder Demo", organization="demo-college", title="Dean", occupation="engineer", days_ago=210),
    DemoPerson("birch", "Birch Demo", organization="demo-settlement-agency", title="Case worker", jurisdiction="NB",
               languages="en,fr", days_ago=150),
    DemoPerson("erable", "Érable Démo", title="Conseillère en réglementation", jurisdiction="NB", language="fr",
               languages="fr", days_ago=120),
    DemoPerson("cedar", "Cedar Demo", organization="demo-college", title="Researcher", jurisdiction="ON", days_ago=90),
    DemoPerson("spruce", "Spruce Demo", title="Registrar", occupation="registered-nurse", jurisdiction="PE", days_ago=30),
    DemoPerson("willow", "Willow Demo", state=MembershipState.APPLIED, organization="demo-college", title="Instructor",
               days_ago=9),
    DemoPerson("tamarack", "Mélèze Démo", state=MembershipState.NEEDS_INFORMATION, language="fr", languages="fr",
               organization="demo-settlement-agency", title="Agent d’intégration", jurisdiction="NB", days_ago=6),
)  # fmt: skip


@transaction.atomic
def load_demo_people(password: str) -> list[DemoPerson]:
    """Creates whoever is missing and leaves everybody else as they are. Answers those worth printing."""
    _bring_passwords_into_step(password)
    emails = [person.email for person in PEOPLE]
    known = {
        *User.objects.filter(email__in=emails).values_list("email", flat=True),
        *EmailAddress.objects.filter(email__in=emails).values_list(
            "email", flat=True
        ),  # kept beside a newer one
    }
    organizations = {slug: _organization(slug) for slug in ORGANIZATIONS}
    hashed = make_password(password)
    for person in PEOPLE:
        if person.email not in known:
            _create(person, organizations[person.organization], hashed)
    return [person for person in PEOPLE if person.role]


def _bring_passwords_into_step(password: str) -> None:
    """The kept password was lost and made anew: the accounts follow it."""
    accounts = User.objects.filter(email__in=[p.email for p in PEOPLE], is_active=True)
    first = accounts.first()
    if first is not None and not check_password(password, first.password):
        accounts.update(password=make_password(password))


def _organization(slug: str) -> Organization:
    english, french, kind, place = ORGANIZATIONS[slug]
    found, _created = Organization.objects.get_or_create(
        slug=slug,
        defaults={
            "name_en": english, "name_fr": french, "is_confirmed": True,
            "kind": StakeholderType.objects.get(slug=kind),
            "jurisdiction": Jurisdiction.objects.get(code=place),
        },
    )  # fmt: skip
    return found


def _create(demo: DemoPerson, organization: Organization, hashed: str) -> None:
    account = User.objects.create(email=demo.email, password=hashed)
    EmailAddress.objects.create(user=account, email=demo.email, verified=True, primary=True)
    person = Person.objects.create(
        user=account, name=demo.name, language=demo.language, languages=demo.languages, about=demo.about,
        about_language=demo.language, occupation=Occupation.objects.filter(slug=demo.occupation).first(),
        jurisdiction=Jurisdiction.objects.get(code=demo.jurisdiction),
        contact_email=demo.email, contact_email_visibility=Visibility.MEMBERS,
        is_listed_publicly=demo.account == "author",
    )  # fmt: skip
    if demo.state is None:
        account.groups.add(Group.objects.get_or_create(name=STAFF_GROUP)[0])
    else:
        _apply(demo, person, organization)


def _apply(demo: DemoPerson, person: Person, organization: Organization) -> None:
    then = timezone.now() - timedelta(days=demo.days_ago)
    is_member = demo.state == MembershipState.APPROVED
    application = MembershipApplication.objects.create(
        person=person, state=demo.state, state_since=then, submitted_at=then, organization=organization,
        role_title=demo.title, occupation=person.occupation, jurisdiction=person.jurisdiction,
        reason=REASONS[demo.language], language=demo.language, changes=1,
        decided_at=then if is_member else None,
    )  # fmt: skip
    Consent.objects.create(person=person, terms_version="demo", given_at=then)
    if is_member:
        Affiliation.objects.create(
            person=person, organization=organization, title=demo.title, since=timezone.localdate(then)
        )
    if demo.state == MembershipState.NEEDS_INFORMATION:
        ApplicationMessage.objects.create(
            application=application, kind=MessageKind.QUESTION, author=Person.objects.get(name="Demo Staff"),
            text="Pouvez-vous préciser votre rôle auprès des personnes formées à l’étranger?", at=then,
        )  # fmt: skip


REASONS = {
    "en": "I work with people who were trained in another country and want to learn what others have tried.",
    "fr": "Je travaille avec des personnes formées à l’étranger et je veux savoir ce que d’autres ont essayé.",
}
