"""Groups with seats and terms, and their meetings."""

from datetime import date, datetime, time, timedelta

import factory
from django.utils import timezone

from tests.factories.members import OrganizationFactory, PersonFactory
from tests.factories.reference import StakeholderTypeFactory
from workgroups.groups import models as groups
from workgroups.meetings import models as meetings
from workgroups.meetings.models.meeting import quarter_of


def in_days(days: int) -> datetime:
    """At two in the afternoon by the portal's clock, whatever the hour of the test."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(14)))


class FunctionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = groups.Function

    slug = factory.Sequence(lambda n: f"function-{n}")
    name_en = factory.Sequence(lambda n: f"Function {n}")
    name_fr = factory.Sequence(lambda n: f"Fonction {n}")


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = groups.Group

    code = factory.Sequence(lambda n: f"G{n:04d}")
    slug = factory.Sequence(lambda n: f"group-{n}")
    name_en = factory.Sequence(lambda n: f"Group {n}")
    name_fr = factory.Sequence(lambda n: f"Groupe {n}")
    mandate_en = "Removes what stands in the way."
    mandate_fr = "Lève les obstacles."


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = groups.Seat

    group = factory.SubFactory(GroupFactory)
    organization = factory.SubFactory(OrganizationFactory)
    stakeholder_type = factory.SubFactory(StakeholderTypeFactory)
    since = date(2020, 1, 1)


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = groups.Term

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    since = date(2020, 1, 1)


class TermsOfReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = groups.TermsOfReference

    group = factory.SubFactory(GroupFactory)
    text_en = "Four times a year."
    text_fr = "Quatre fois par an."
    adopted_on = date(2024, 1, 15)


class MeetingFactory(factory.django.DjangoModelFactory):
    """In ten days at 2 pm, unless starts_at says otherwise."""

    class Meta:
        model = meetings.Meeting

    group = factory.SubFactory(GroupFactory)
    starts_at = factory.LazyFunction(lambda: in_days(10))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at and row.starts_at + timedelta(hours=2))
    year = factory.LazyAttribute(lambda row: timezone.localdate(row.starts_at).year)
    quarter = factory.LazyAttribute(lambda row: quarter_of(timezone.localdate(row.starts_at)))


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = meetings.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n % 1000 + 1)
    title = factory.Sequence(lambda n: f"Item {n}")


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = meetings.Decision

    meeting = factory.SubFactory(MeetingFactory)
    group = factory.SelfAttribute("meeting.group")
    year = factory.LazyAttribute(lambda row: row.decided_on.year)
    number = factory.Sequence(lambda n: n % 30000 + 1)
    decided_on = factory.LazyFunction(timezone.localdate)
    text = factory.Sequence(lambda n: f"It was decided: {n}.")


class ActionItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = meetings.ActionItem

    meeting = factory.SubFactory(MeetingFactory)
    group = factory.SelfAttribute("meeting.group")
    follower = factory.SubFactory(PersonFactory)
    year = factory.LazyAttribute(lambda row: row.due.year)
    number = factory.Sequence(lambda n: n % 30000 + 1)
    text = factory.Sequence(lambda n: f"Write to the regulator {n}")
    due = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    first_due = factory.SelfAttribute("due")


def make_term(group, name: str, role: str = "member", **extra):
    """A member of the network (or, with person=, somebody else) on a seat of this group today."""
    from members.choices import MembershipState
    from tests.factories.members import make_person

    person = extra.pop("person", None) or make_person(name, MembershipState.APPROVED)
    seat = extra.pop("seat", None) or SeatFactory(group=group)
    return TermFactory(seat=seat, person=person, role=role, **extra)
