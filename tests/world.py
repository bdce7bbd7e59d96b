"""The cast: the same people everywhere, around the same few objects. Plainly invented."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from initiatives.choices import PostState, PostVisibility
from members.choices import MembershipState
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory
from tests.factories.members import OrganizationFactory, make_person
from tests.factories.pages import PageFactory
from tests.factories.reference import InitiativeTypeFactory
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    DecisionFactory,
    GroupFactory,
    MeetingFactory,
    TermFactory,
    in_days,
    make_term,
)

ROLES = ("anonymous", "applicant", "declined", "member", "author", "other_author", "staff", "left")


def make_cast() -> SimpleNamespace:
    """One person for each role (not for the anonymous reader)."""
    return SimpleNamespace(
        applicant=make_person("Ada Applicant", MembershipState.APPLIED),
        declined=make_person("Dora Declined", MembershipState.DECLINED),
        member=make_person("Mia Member", MembershipState.APPROVED),
        author=make_person("Amir Author", MembershipState.APPROVED),
        other_author=make_person("Olga Other", MembershipState.APPROVED),
        staff=make_person("Sam Staff", staff=True),
        left=make_person("Lee Left", MembershipState.LEFT),
    )


def make_pages() -> None:
    for key in ("about", "contact", "terms", "privacy", "accessibility"):
        PageFactory(key=key)


def make_world() -> SimpleNamespace:
    """The cast with one of each thing: what the permission matrix and the sweeps walk over."""
    make_pages()
    cast = make_cast()
    initiative = InitiativeFactory(title="Bridging for midwives", author=cast.author)
    comment = CommentFactory(initiative=initiative, author=cast.member)
    members_only = InitiativeFactory(
        title="Members only note", author=cast.author, visibility=PostVisibility.MEMBERS
    )
    withdrawn = InitiativeFactory(title="Taken back", author=cast.author, state=PostState.WITHDRAWN)
    long_ago = timezone.now() - timedelta(days=3)
    return SimpleNamespace(
        **vars(cast),
        cast=cast,
        organization=OrganizationFactory(
            slug="college-of-demo", name_en="College of Demo", name_fr="Ordre de démo"
        ),
        type=InitiativeTypeFactory(slug="mentoring"),
        initiative=initiative,
        members_only=members_only,
        withdrawn=withdrawn,
        draft=InitiativeFactory(title="A draft", author=cast.author, state=PostState.DRAFT),
        submitted=InitiativeFactory(
            title="Waiting for review", author=cast.author, state=PostState.SUBMITTED
        ),
        others_initiative=InitiativeFactory(title="Mentoring for engineers", author=cast.other_author),
        comment=comment,
        reply=CommentFactory(initiative=initiative, author=cast.author, parent=comment, text="A year."),
        removed_comment=CommentFactory(initiative=initiative, author=cast.member, removed_at=long_ago),
        hidden_comment=CommentFactory(
            initiative=initiative,
            author=cast.member,
            hidden_at=long_ago,
            hidden_by=cast.staff,
            hidden_reason_en="It is off the subject.",
            hidden_reason_fr="Hors sujet.",
        ),
        members_comment=CommentFactory(initiative=members_only, author=cast.member),
        withdrawn_comment=CommentFactory(initiative=withdrawn, author=cast.member),
        report=ReportFactory(initiative=initiative, reporter=cast.member),
    )


TABLE = (
    "anonymous", "member", "roster", "alternate", "secretary", "co_chair", "other_co_chair", "former_co_chair", "staff",
)  # fmt: skip


def make_table() -> SimpleNamespace:
    """One work group with everybody who can stand to it in some relation, a meeting to come and one that was held."""
    make_pages()
    group = GroupFactory(code="NUR", slug="nursing", name_en="Nursing", name_fr="Soins infirmiers")
    other = GroupFactory(code="LAW", slug="law", name_en="Law", name_fr="Droit")
    people = {
        "roster": make_term(group, "Rosa Roster").person,
        "alternate": make_term(group, "Alba Alternate", "alternate").person,
        "secretary": make_term(group, "Sven Secretary", "secretary").person,
        "co_chair": make_term(group, "Cora Chair", "co_chair").person,
        "other_co_chair": make_term(other, "Otto Otherchair", "co_chair").person,
        "former_co_chair": make_person("Fritz Former", MembershipState.APPROVED),
        "member": make_person("Mia Member", MembershipState.APPROVED),
        "staff": make_person("Sam Staff", staff=True),
    }
    today = timezone.localdate()
    TermFactory(
        seat=make_term(group, "Second Chair", "co_chair").seat, person=people["former_co_chair"], role="co_chair",
        since=today - timedelta(days=900), until=today - timedelta(days=30),
    )  # fmt: skip
    held = MeetingFactory(group=group, starts_at=in_days(-80))
    item = AgendaItemFactory(meeting=held, title="Bridging course", note="They agreed on a pilot.")
    return SimpleNamespace(
        **people,
        people=people,
        group=group,
        other_group=other,
        meeting=MeetingFactory(group=group, starts_at=in_days(20), join_link="https://join.example/room"),
        held=held,
        item=item,
        decision=DecisionFactory(meeting=held, item=item),
        action=ActionItemFactory(meeting=held, item=item, follower=people["roster"]),
    )
