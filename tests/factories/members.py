import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.utils import timezone

from members import models
from members.choices import STAFF_GROUP, MembershipState
from tests.factories.reference import JurisdictionFactory, StakeholderTypeFactory

PASSWORD = "lantern-harbour-quilt-93"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(user, create, extracted, **kwargs):
        from allauth.account.models import EmailAddress

        if create and extracted is not False:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Person

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Demo Person {n}")


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Organization

    slug = factory.Sequence(lambda n: f"organization-{n}")
    name_en = factory.Sequence(lambda n: f"Organization {n}")
    name_fr = factory.Sequence(lambda n: f"Organisme {n}")
    kind = factory.SubFactory(StakeholderTypeFactory)
    is_confirmed = True


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title = "Analyst"


class ApplicationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.MembershipApplication

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role_title = "Analyst"
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    reason = "I assess qualifications."
    language = "en"
    state = MembershipState.APPLIED
    decided_at = factory.LazyAttribute(
        lambda row: (
            timezone.now() if row.state in (MembershipState.APPROVED, MembershipState.DECLINED) else None
        )
    )
    decline_clause = factory.LazyAttribute(lambda row: "M1" if row.state == MembershipState.DECLINED else "")


class DeclineReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.DeclineReason

    key = factory.Sequence(lambda n: f"reason-{n}")
    clause = "M1"
    title_en = "Not the work of the network"
    title_fr = "Hors du champ du réseau"
    text_en = "The network is for people who assess qualifications."
    text_fr = "Le réseau s’adresse aux personnes qui évaluent des qualifications."


def make_person(
    name: str,
    state: str | None = None,
    *,
    organization=None,
    staff: bool = False,
    second_factor: bool | None = None,
    **extra,
):
    """A person with an account, in this state of membership, working at this organization. Staff have an app."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    person = PersonFactory(name=name, user=UserFactory(email=email), **extra)
    if staff:
        person.user.groups.add(Group.objects.get_or_create(name=STAFF_GROUP)[0])
    if staff if second_factor is None else second_factor:
        TOTP.activate(person.user, TOTP_SECRET)
    if state:
        organization = organization or OrganizationFactory()
        ApplicationFactory(person=person, state=state, organization=organization)
        if state == MembershipState.APPROVED:
            AffiliationFactory(person=person, organization=organization)
    return person
