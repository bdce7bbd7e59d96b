"""Initiatives from draft to publication and back: states, numbers, reasons, letters, history."""

from __future__ import annotations

import pytest
from django.utils import timezone

from initiatives.actions import initiatives as actions
from initiatives.actions.numbering import next_number, reserve_up_to
from initiatives.choices import NEXT_STEP, PostState, PostVisibility
from initiatives.errors import Incomplete, NotPossibleNow, ReasonNotUsable, StaleVersion
from initiatives.models import Initiative
from iqn.history.models import Event
from iqn.pages.models import Clause, Guideline
from members.actions import affiliations
from members.choices import MembershipState
from tests.factories.initiatives import InitiativeFactory, ReturnReasonFactory
from tests.factories.members import OrganizationFactory, PersonFactory, make_person
from tests.factories.pages import ClauseFactory
from tests.factories.reference import InitiativeTypeFactory, OccupationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(db):
    return make_person("Amir Author", MembershipState.APPROVED)


@pytest.fixture
def staff(db):
    return make_person("Sam Staff", staff=True)


def filled(**values):
    """What the six required fields hold, and what a test adds."""
    return {
        "title": "Mentoring for midwives",
        "summary": "Each newcomer gets a mentor.",
        "work": "We match and train mentors.",
        "lead_organization": OrganizationFactory(),
        "types": [InitiativeTypeFactory(slug="mentoring")],
        "status": "running",
        "language": "en",
        **values,
    }


def draft(author, **values) -> Initiative:
    return actions.save_draft(by=author, values=filled(**values))


def verbs(initiative) -> list[str]:
    return [e.verb.removeprefix("initiatives.initiative_") for e in Event.objects.about(initiative)]


def test_a_draft_needs_nothing(author):
    initiative = actions.save_draft(by=author, values={"title": "Only a title"})

    assert (initiative.state, initiative.number, initiative.version) == (PostState.DRAFT, None, 1)
    assert initiative.language == author.language
    assert initiative.get_absolute_url() == f"/en/initiatives/drafts/{initiative.key}/"
    assert verbs(initiative) == ["drafted"]


def test_saving_a_draft_again_makes_one_new_version(author):
    initiative = draft(author)
    midwife = OccupationFactory(slug="midwife")

    again = actions.save_draft(
        by=author, initiative=initiative, version=1, values=filled(title="New", occupations=[midwife])
    )

    assert (again.version, again.title, list(again.occupations.all())) == (2, "New", [midwife])
    assert verbs(initiative) == ["drafted", "draft_saved"]


def test_saving_the_same_again_changes_nothing(author):
    values = filled()
    initiative = actions.save_draft(by=author, values=values)

    again = actions.save_draft(by=author, initiative=initiative, version=1, values=values)

    assert again.version == 1
    assert verbs(initiative) == ["drafted"]


def test_a_stale_draft_is_refused_with_what_stands_now(author):
    initiative = draft(author)
    actions.save_draft(by=author, initiative=initiative, version=1, values={"title": "First"})

    with pytest.raises(StaleVersion) as refused:
        actions.save_draft(by=author, initiative=initiative, version=1, values={"title": "Second"})

    assert (refused.value.current.title, refused.value.current.version) == ("First", 2)


def test_unknown_fields_are_a_mistake_of_the_caller(author):
    with pytest.raises(TypeError):
        actions.save_draft(by=author, values={"state": "published"})


def test_the_first_posting_waits_for_staff_and_is_acknowledged(author, deliver):
    initiative = actions.submit(initiative=draft(author), by=author, version=1)

    assert initiative.state == PostState.SUBMITTED
    assert initiative.published_at is None
    assert initiative.number > 0
    assert initiative.author_organization == author.affiliations.get().organization
    assert len(initiative.status_as_of) == 7
    assert verbs(initiative) == ["drafted", "submitted"]
    letter = deliver()[0]
    assert letter.to == [author.user.email]
    assert letter.subject == f"{initiative.identifier}: received for review"


def test_staff_publish_what_they_read(author, staff, deliver):
    initiative = actions.submit(initiative=draft(author), by=author)
    deliver()

    published = actions.publish(initiative=initiative, by=staff, version=1)

    assert published.state == PostState.PUBLISHED
    assert published.published_at is not None
    assert [m.subject for m in deliver()] == [f"{initiative.identifier}: your initiative is published"]
    with pytest.raises(NotPossibleNow):
        actions.publish(initiative=initiative, by=staff)


def test_staff_do_not_publish_what_has_changed_since(author, staff):
    initiative = actions.submit(initiative=draft(author), by=author)
    actions.edit(initiative=initiative, by=author, version=1, values={"title": "Something else"})

    with pytest.raises(StaleVersion):
        actions.publish(initiative=initiative, by=staff, version=1)


def test_later_postings_appear_at_once(author, deliver):
    InitiativeFactory(author=author)

    initiative = actions.submit(initiative=draft(author), by=author)

    assert initiative.state == PostState.PUBLISHED
    assert deliver() == []


@pytest.mark.parametrize(
    ("state", "was_published", "expected"),
    [
        (PostState.WITHDRAWN, True, PostState.PUBLISHED),
        (PostState.WITHDRAWN, False, PostState.SUBMITTED),
        (PostState.HIDDEN, True, PostState.SUBMITTED),
        (PostState.RETURNED, False, PostState.SUBMITTED),
    ],
)
def test_what_counts_as_an_earlier_posting(author, state, was_published, expected):
    earlier = InitiativeFactory(author=author)
    Initiative.objects.filter(pk=earlier.pk).update(
        state=state, decision_text="Why", published_at=earlier.published_at if was_published else None
    )

    assert actions.submit(initiative=draft(author), by=author).state == expected


def test_review_can_be_switched_off(author, settings):
    settings.REVIEW_FIRST_INITIATIVE = False

    assert actions.submit(initiative=draft(author), by=author).state == PostState.PUBLISHED


def test_an_incomplete_draft_is_not_sent(author):
    initiative = actions.save_draft(by=author, values={"title": "Only a title", "status": ""})

    with pytest.raises(Incomplete) as refused:
        actions.submit(initiative=initiative, by=author)

    assert refused.value.fields == ["summary", "work", "lead_organization_id", "status", "types"]


def test_a_posted_initiative_stays_complete(author):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())

    with pytest.raises(Incomplete):
        actions.edit(initiative=initiative, by=author, version=1, values={"title": ""})

    initiative.refresh_from_db()
    assert initiative.title != ""


def test_an_author_between_jobs_posts_for_the_lead_organization(author):
    author.affiliations.all().delete()

    initiative = actions.submit(initiative=draft(author), by=author)

    assert initiative.author_organization == initiative.lead_organization


def test_numbers_rise_and_are_never_given_twice(author):
    first, second = next_number(), next_number()
    reserve_up_to(second + 100)
    reserve_up_to(second)  # going back is not possible

    assert second > first
    assert next_number() == second + 101


def test_the_number_stays_through_return_and_resubmission(author, staff):
    Clause.objects.create(
        guideline=Guideline.POSTING, number="P1", title_en="Reach", title_fr="Joindre", text_en="Say whom to ask.",
        text_fr="Dites à qui s’adresser.",
    )  # fmt: skip
    initiative = actions.submit(initiative=draft(author), by=author)
    number = initiative.number

    returned = actions.return_with_reason(
        initiative=initiative, by=staff, reason=ReturnReasonFactory(), version=1
    )

    assert returned.state == PostState.RETURNED
    assert (returned.decision_text, returned.decision_clause, returned.decision_clause_text) == (
        "Please say whom a reader can ask.", "P1", "Say whom to ask.",
    )  # fmt: skip
    again = actions.submit(initiative=returned, by=author)
    assert (again.number, again.state, again.decision_text) == (number, PostState.SUBMITTED, "")


def test_a_return_speaks_the_authors_language_and_uses_the_clause(staff, deliver):
    author = make_person("Fanny Francophone", MembershipState.APPROVED, language="fr")
    ClauseFactory(guideline=Guideline.POSTING, number="P1", text_fr="Dites à qui s’adresser.")
    initiative = actions.submit(initiative=draft(author), by=author)
    deliver()

    returned = actions.return_with_reason(initiative=initiative, by=staff, reason=ReturnReasonFactory())

    assert returned.decision_text == "Veuillez indiquer à qui s’adresser."
    assert returned.decision_clause_text == "Dites à qui s’adresser."
    letter = deliver()[0]
    assert letter.subject.startswith(initiative.identifier)
    assert "Veuillez indiquer à qui s’adresser." in letter.body


@pytest.mark.parametrize(
    ("reason", "clause", "text"),
    [
        ({}, {"is_repealed": True}, "Own words"), ({}, {"text_en": ""}, "Own words"), ({"clause": "P9"}, {}, "Own words"),
        ({"text_en": " "}, {}, ""),
    ],
)  # fmt: skip
def test_a_return_quotes_a_clause_in_force_and_says_something(reason, clause, text, author, staff):
    ClauseFactory(guideline=Guideline.POSTING, number="P1", **clause)
    initiative = actions.submit(initiative=draft(author), by=author)

    with pytest.raises(ReasonNotUsable):
        actions.return_with_reason(
            initiative=initiative, by=staff, reason=ReturnReasonFactory(**reason), text=text
        )

    initiative.refresh_from_db()
    assert initiative.waits_for_review


def test_a_return_may_say_it_in_staffs_own_words(author, staff):
    ClauseFactory(guideline=Guideline.POSTING, number="P1")
    initiative = actions.submit(initiative=draft(author), by=author)

    returned = actions.return_with_reason(
        initiative=initiative, by=staff, reason=ReturnReasonFactory(), text=" Name the year. "
    )

    assert returned.decision_text == "Name the year."
    with pytest.raises(NotPossibleNow):
        actions.return_with_reason(initiative=initiative, by=staff, reason=ReturnReasonFactory())


def test_withdrawing_and_posting_again(author):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())
    published_at = initiative.published_at

    withdrawn = actions.withdraw(initiative=initiative, by=author)

    assert withdrawn.state == PostState.WITHDRAWN
    with pytest.raises(NotPossibleNow):
        actions.withdraw(initiative=initiative, by=author)
    again = actions.submit(initiative=withdrawn, by=author)
    assert (again.state, again.published_at) == (PostState.PUBLISHED, published_at)
    with pytest.raises(NotPossibleNow):
        actions.submit(initiative=again, by=author)


def test_a_posting_keeps_the_organization_of_its_first_day(author):
    before = author.affiliations.get()
    initiative = actions.submit(initiative=draft(author), by=author)
    assert initiative.author_organization == before.organization
    actions.publish(initiative=initiative, by=author)
    withdrawn = actions.withdraw(initiative=initiative, by=author)
    affiliations.change_employer(
        by=author,
        day=timezone.localdate(),
        ended=before,
        organization=OrganizationFactory(name_en="New Place").name_en,
    )

    again = actions.submit(initiative=withdrawn, by=author)

    assert (again.state, again.author_organization) == (PostState.PUBLISHED, before.organization)
    later = actions.submit(initiative=draft(author), by=author)
    assert str(later.author_organization) == "New Place"


def test_what_staff_hid_is_not_brought_back_by_its_author(author, staff):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())
    hidden = actions.hide(initiative=initiative, by=staff, reason="It names a patient.")

    for step in (actions.submit, actions.withdraw):
        with pytest.raises(NotPossibleNow):
            step(initiative=hidden, by=author)

    initiative.refresh_from_db()
    assert (initiative.state, initiative.decision_text) == (PostState.HIDDEN, "It names a patient.")


def test_hiding_tells_the_author_why_and_can_be_undone(author, staff, deliver):
    initiative = InitiativeFactory(author=author)

    hidden = actions.hide(initiative=initiative, by=staff, reason="It names a patient.")

    assert (hidden.state, hidden.decision_text) == (PostState.HIDDEN, "It names a patient.")
    assert "It names a patient." in deliver()[0].body
    with pytest.raises(NotPossibleNow):
        actions.hide(initiative=initiative, by=staff, reason="Again")
    restored = actions.restore(initiative=initiative, by=staff)
    assert (restored.state, restored.decision_text) == (PostState.PUBLISHED, "")
    assert [m.subject for m in deliver()] == [f"{initiative.identifier}: shown again"]
    with pytest.raises(NotPossibleNow):
        actions.restore(initiative=initiative, by=staff)


@pytest.mark.parametrize("author", [None, "no account"])
def test_nobody_to_tell(author, staff, deliver):
    person = PersonFactory(user=None) if author else None
    initiative = InitiativeFactory(author=person)

    actions.hide(initiative=initiative, by=staff, reason="Duplicate")

    assert deliver() == []


def test_a_letter_that_is_no_longer_true_is_dropped(author, staff, deliver):
    initiative = actions.submit(initiative=draft(author), by=author)
    actions.withdraw(initiative=initiative, by=author)

    assert deliver() == []


def test_staff_describe_any_initiative(author, staff):
    initiative = InitiativeFactory(author=author)
    midwife = OccupationFactory()

    described = actions.describe(
        initiative=initiative, by=staff, version=1, values={"occupations": [midwife], "to_verify": "The year"}
    )
    same = actions.describe(initiative=initiative, by=staff, version=2, values={"to_verify": "The year"})

    assert (described.version, same.version) == (2, 2)
    event = Event.objects.about(initiative).get()
    assert (event.for_staff, event.data) == (True, {"fields": ["to_verify", "occupations"]})


def test_translations_follow_the_language_of_the_text(author):
    initiative = draft(author, translation={"title": "Mentorat", "summary": ""})
    assert initiative.translations.get().language == "fr"

    turned = actions.save_draft(
        by=author,
        initiative=initiative,
        version=1,
        values={"language": "fr", "translation": {"title": "Mentoring"}},
    )

    assert [(t.language, t.title) for t in turned.translations.all()] == [("en", "Mentoring")]
    emptied = actions.save_draft(
        by=author, initiative=initiative, version=2, values={"translation": {"title": ""}}
    )
    assert emptied.translations.count() == 0
    assert emptied.version == 3


def test_a_text_without_a_translation_changes_its_language_alone(author):
    initiative = draft(author)

    turned = actions.save_draft(by=author, initiative=initiative, version=1, values={"language": "fr"})

    assert (turned.language, turned.version, turned.translations.count()) == ("fr", 2, 0)
    assert draft(author, translation={"title": "Mentorat"}).translations.count() == 1


def test_each_event_names_the_fields_in_both_languages_and_nobody(author):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())

    actions.edit(
        initiative=initiative, by=author, version=1,
        values={"title": "New", "started": "2013", "started_estimated": True},
    )  # fmt: skip

    event = Event.objects.about(initiative).get()
    assert event.sentence_en == "Changed: title, started."
    assert event.sentence_fr == "Modification\xa0: titre, début."
    assert event.actor == author


def test_every_state_says_who_acts_next():
    assert set(NEXT_STEP) == set(PostState)
    assert Initiative(state=PostState.DRAFT).next_step == NEXT_STEP[PostState.DRAFT]


def test_visibility_is_kept(author):
    assert draft(author, visibility=PostVisibility.MEMBERS).visibility == PostVisibility.MEMBERS
