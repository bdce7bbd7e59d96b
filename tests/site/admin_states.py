"""Every page of the admin that staff open: lists with and without rows, forms with and without errors, our own pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from initiatives.choices import PostState
from iqn.mail.models import Message
from tests.factories import initiatives, members, pages, reference, workgroups
from tests.site.states import State, page_states

OURS = {"reference", "mail", "pages", "members", "groups", "initiatives"}
DECISIONS = ("approve", "ask", "decline", "reverse")


def one_of_each(world) -> None:
    """A row of every model that the admin lists."""
    for make in (
        reference.StageFactory, reference.BenefitFactory, reference.JurisdictionFactory, reference.OccupationFactory,
        reference.PillarFactory, reference.StakeholderTypeFactory, pages.ClauseFactory, pages.GlossaryTermFactory,
        members.DeclineReasonFactory, members.AffiliationFactory, initiatives.ReturnReasonFactory,
        workgroups.FunctionFactory, workgroups.TermFactory, workgroups.TermsOfReferenceFactory,
    ):  # fmt: skip
        make()
    Message.objects.create(
        event="members.application_approved", address="b@example.org", language="en", state="unsure"
    )
    world.hidden = initiatives.InitiativeFactory(
        title="Hidden by staff",
        author=world.author,
        state=PostState.HIDDEN,
        decision_text="Off the subject.",
        published_at=timezone.now(),
    )


def addresses(world) -> Iterator[str]:
    yield reverse("admin:index")
    for model in admin.site._registry:
        meta = model._meta
        if meta.app_label not in OURS:
            continue
        name = f"admin:{meta.app_label}_{meta.model_name}"
        listed = reverse(f"{name}_changelist")
        yield from (listed, f"{listed}?q=zzzzqqqq", reverse(f"{name}_add"))
        yield reverse(f"{name}_change", args=[model._base_manager.latest("pk").pk])
        yield reverse(f"{name}_history", args=[model._base_manager.latest("pk").pk])
    waiting = world.applicant.applications.get()
    decided = world.member.applications.first() or waiting
    for step in DECISIONS:
        for row in {waiting.pk, decided.pk}:
            yield reverse(f"admin:members_membershipapplication_{step}", args=[row])
    yield reverse("admin:members_membershipapplication_change", args=[waiting.pk])
    for row in (world.submitted, world.initiative, world.hidden):
        yield reverse("admin:initiatives_initiative_change", args=[row.pk])
        for step in ("review", "hide", "restore"):
            yield reverse(f"admin:initiatives_initiative_{step}", args=[row.pk])


def admin_states(world, sign_in, language: str) -> Iterator[State]:
    """In the language of the account: the admin's addresses have none."""
    world.staff.language = language
    world.staff.save()
    client = sign_in(world.staff)
    for path in addresses(world):
        yield from page_states(client, path, f"{path} ({language})")
