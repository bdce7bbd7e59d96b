"""What the demonstration shows of a member's own work: two postings and a draft, plainly invented."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from initiatives.actions import initiatives as actions
from initiatives.models import Initiative
from iqn.reference.models import InitiativeType, Jurisdiction, Occupation, Stage
from members.models import Organization, Person

WORKSHOP = {
    "title": "Demonstration: evening workshops on how a first application is read",
    "summary": (
        "Invented for this demonstration. Assessors show applicants a file as they see it, so that fewer come back "
        "for a missing page."
    ),
    "problem": "Four files in ten came back for a document that the list had asked for all along.",
    "work": (
        "Two hours, once a month, online:\n\n- an assessor opens an invented file and reads it aloud;\n"
        "- participants check their own against it;\n- questions are kept for the next list of documents."
    ),
    "results": "In the invented first year, files sent back fell from 40 to 26 in a hundred.",
    "results_basis": "claimed",
    "lessons": "Recording the evening helped nobody; the list of questions afterwards helped everybody.",
    "status": "running",
    "started": "2025-02",
    "language": "en",
    "translation": {
        "title": "Démonstration\N{NO-BREAK SPACE}: ateliers du soir sur la lecture d’une première demande",
        "summary": (
            "Inventé pour cette démonstration. Des évaluateurs montrent un dossier tel qu’ils le lisent, pour que moins "
            "de demandes reviennent faute d’une page."
        ),
    },
}
GLOSSARY = {
    "title": "Démonstration\N{NO-BREAK SPACE}: un lexique de poche pour les premiers mois de travail",
    "summary": (
        "Inventé pour cette démonstration. Deux cents expressions entendues au travail, expliquées en mots simples par "
        "des collègues."
    ),
    "work": (
        "Des collègues ont noté pendant un mois ce qu’on leur demandait de répéter. Le lexique tient dans une poche et "
        "se complète à la main."
    ),
    "status": "pilot",
    "started": "2026-01",
    "language": "fr",
    "translation": {
        "title": "Demonstration: a pocket glossary for the first months at work",
        "summary": "Invented for this demonstration. Two hundred expressions heard at work, explained in plain words.",
    },
}
DRAFT = {
    "title": "Demonstration: a draft about pairing examiners",
    "summary": "Invented for this demonstration. A draft that only its author can read.",
    "language": "en",
}


@transaction.atomic
def load_demo_initiatives(author: Person) -> list[Initiative]:
    """Once: an author who has written anything keeps it as it is."""
    if author.initiatives.exists():
        return []
    organization = _organization_of(author)
    month = timezone.localdate().strftime("%Y-%m")
    posted = [
        {
            **WORKSHOP, "lead_organization": organization, "status_as_of": month, "all_occupations": True,
            "types": _rows(InitiativeType, "information-session"), "stages": _rows(Stage, "assessment"),
            "jurisdictions": _rows(Jurisdiction, "nova-scotia"),
        },
        {
            **GLOSSARY, "lead_organization": organization, "status_as_of": month,
            "types": _rows(InitiativeType, "information"), "stages": _rows(Stage, "workplace-integration"),
            "jurisdictions": _rows(Jurisdiction, "new-brunswick"), "occupations": _rows(Occupation, "registered-nurse"),
        },
    ]  # fmt: skip
    drafts = [actions.save_draft(by=author, values=values) for values in posted]  # type: ignore[arg-type]
    shown = [_post(draft, author) for draft in drafts]
    return [*shown, actions.save_draft(by=author, values=DRAFT)]


def _post(draft: Initiative, author: Person) -> Initiative:
    """As if staff had read the first one: nobody else is there to do it."""
    sent = actions.submit(initiative=draft, by=author)
    return actions.publish(initiative=sent, by=author) if sent.waits_for_review else sent


def _organization_of(author: Person) -> Organization | None:
    affiliation = author.current_affiliations().select_related("organization").first()
    return affiliation.organization if affiliation else Organization.objects.filter(is_confirmed=True).first()


def _rows(vocabulary, slug: str) -> list:
    return list(vocabulary.objects.filter(slug=slug))
