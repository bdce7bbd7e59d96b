"""Initiatives are found by the names of their organizations, occupations, types and stages as these are today."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from initiatives import jobs
from initiatives.actions import indexing
from initiatives.models import Initiative
from initiatives.search import NAMED_BY, search_initiatives
from iqn.bilingual import WantedTranslation
from iqn.history.official_texts import change_official_text
from iqn.loading import columns_of, print_of
from iqn.portal.actions.translations import translate
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import OrganizationFactory
from tests.factories.reference import InitiativeTypeFactory, OccupationFactory, PillarFactory, StageFactory

pytestmark = pytest.mark.django_db


def found(user, words: str) -> list[Initiative]:
    return list(search_initiatives(user, words))


def waiting() -> int:
    return ProcrastinateJob.objects.filter(task_name="initiatives.jobs.index_all", status="todo").count()


def rename(row, by, **values):
    row.refresh_from_db()
    return change_official_text(by=by, row=row, stamp=row.stamp, values=values)


def test_a_new_name_finds_and_the_old_one_does_not(cast):
    organization = OrganizationFactory(name_en="Beekeepers Board", name_fr="Conseil des apiculteurs")
    occupation = OccupationFactory(name_en="Falconer", name_fr="Fauconnier")
    initiative = InitiativeFactory(lead_organization=organization)
    initiative.occupations.add(occupation)
    indexing.index(initiative)
    assert found(cast.member.user, "beekeepers falconer") == [initiative]

    rename(organization, cast.staff, name_en="Apiary Council")
    rename(organization, cast.staff, name_en="Apiary Authority")
    rename(occupation, cast.staff, name_en="Hawker", name_fr="Autoursier")

    assert waiting() == 1
    jobs.index_all()
    assert found(cast.member.user, "apiary authority hawker") == [initiative]
    assert found(cast.member.user, "autoursier") == [initiative]
    assert found(cast.member.user, "beekeepers") == found(cast.member.user, "falconer") == []


def test_a_translation_counts_as_a_new_name(cast):
    organization = OrganizationFactory(name_fr="")

    translate(
        by=cast.staff, row=organization, wanted=WantedTranslation("name", "fr", "missing"), stamp=organization.stamp,
        text="Ordre",
    )  # fmt: skip

    assert waiting() == 1


def test_what_no_initiative_is_found_by_costs_nothing(cast):
    rename(OrganizationFactory(), cast.staff, website="https://example.org/")
    rename(PillarFactory(), cast.staff, name_en="Another pillar")

    assert waiting() == 0


def test_all_that_the_index_holds_is_followed(cast):
    rows = (OrganizationFactory(), OccupationFactory(), InitiativeTypeFactory(), StageFactory())

    assert [type(row) for row in rows] == list(NAMED_BY)
    for row in rows:
        ProcrastinateJob.objects.filter(task_name="initiatives.jobs.index_all").delete()
        rename(row, cast.staff, name_en="Other")
        assert waiting() == 1, row


def test_who_asks_while_a_job_waits_asks_again_after_commit(cast, django_capture_on_commit_callbacks):
    rename(OrganizationFactory(), cast.staff, name_en="First")
    with django_capture_on_commit_callbacks() as afterwards:
        rename(OrganizationFactory(), cast.staff, name_en="Second")

    ProcrastinateJob.objects.filter(task_name="initiatives.jobs.index_all").delete()  # a worker took it
    for ask in [*afterwards, *afterwards]:
        ask()

    assert waiting() == 1


def test_names_that_ship_are_found_once_loaded():
    call_command("load_content", verbosity=0)
    initiative = Initiative.objects.filter(stages__isnull=False).order_by("pk").first()
    stage = initiative.stages.first()
    # As if an earlier release had shipped another name
    stage.name_en = "Zwetschgen stage"
    stage.loaded_fingerprint = print_of(columns_of(stage, ("slug", "name_en", "name_fr", "order")))
    stage.save()
    indexing.index(initiative)
    assert found(AnonymousUser(), "zwetschgen") == [initiative]

    call_command("load_content", verbosity=0)

    assert found(AnonymousUser(), "zwetschgen") == []
