"""What the invented meetings of the demonstration were about: the newest last, one entry for each quarter."""

from __future__ import annotations

from dataclasses import dataclass

from workgroups.groups.choices import Part
from workgroups.meetings.choices import DecisionKind, ItemState, MeetingState, OutcomeState, Purpose


@dataclass(frozen=True)
class Ruling:
    text: str
    rationale: str = ""
    kind: str = DecisionKind.CONSENSUS
    dissent: str = ""


@dataclass(frozen=True)
class Promise:
    text: str
    account: str
    days: int = 60  # after the meeting, or, where it is still open, from today
    done: str = ""  # what came of it
    is_open: bool = False


@dataclass(frozen=True)
class Item:
    title: str
    note: str = ""
    purpose: str = Purpose.DISCUSS
    minutes: int = 20
    presenter: str = "cochair"
    rulings: tuple[Ruling, ...] = ()
    promises: tuple[Promise, ...] = ()
    visibility: str = Part.PUBLIC
    state: str = ItemState.DONE


@dataclass(frozen=True)
class Quarter:
    language: str = "en"
    items: tuple[Item, ...] = ()
    absent: tuple[str, ...] = ()
    guest: tuple[str, str] = ()  # type: ignore[assignment]  # name, organization
    outcome: str = OutcomeState.APPROVED
    state: str = MeetingState.PLANNED
    reason: str = ""


@dataclass(frozen=True)
class Idea:
    account: str
    title: str
    text: str
    fate: str = ""  # a state of proposals; empty waits for a decision
    reason: str = ""


NURSING = (
    Quarter(
        items=(
            Item(
                "How the group works",
                "The terms of reference were read through. Members asked that papers arrive a week ahead.",
                Purpose.DECIDE,
                rulings=(
                    Ruling(
                        "Papers are sent seven days before each meeting.",
                        "Members who consult their organization need a full week.",
                    ),
                ),
            ),
            Item(
                "Where files wait longest",
                "Three stages were named: proof of identity, verification of transcripts abroad, language results.",
                promises=(
                    Promise(
                        "List the documents that applicants most often send twice.",
                        "cochair",
                        done="The list was shared with the group: five documents cover most of the repeats.",
                    ),
                ),
            ),
        ),
    ),
    Quarter(
        items=(
            Item(
                "One checklist before arrival",
                "A draft of two pages was compared with what the settlement agency hands out today.",
                Purpose.DECIDE,
                presenter="birch",
                rulings=(
                    Ruling(
                        "The group supports one checklist, in both languages, for nurses who have not yet arrived.",
                        kind=DecisionKind.VOTE,
                        dissent="One member would rather begin with nurses who are already here.",
                    ),
                ),
                promises=(
                    Promise(
                        "Have the checklist read by six nurses educated abroad.",
                        "member",
                        days=75,
                        done="Six read it; two sections were rewritten.",
                    ),
                ),
            ),
            Item(
                "Bridging seats for the next year",
                "The college expects to offer as many seats as this year.",
                Purpose.INFORM,
                10,
                "alder",
                visibility=Part.MEMBERS,
            ),
        ),
        absent=("spruce",),
    ),
    Quarter(
        state=MeetingState.CANCELLED,
        reason="The power was out in half of the province. The items move to the next meeting.",
    ),
    Quarter(
        items=(
            Item(
                "Supervised practice outside the city",
                "Two employers are ready to take part if someone answers their questions on supervision.",
                presenter="spruce",
                promises=(
                    Promise(
                        "Write one page on what a supervisor signs for.",
                        "spruce",
                        days=50,
                        done="The page went to both employers.",
                    ),
                ),
            ),
            Item(
                "What applicants say",
                "Applicants do not know who holds their file after the first assessment.",
                presenter="member",
                rulings=(
                    Ruling("Every letter to an applicant names the organization that holds the file next."),
                ),
            ),
        ),
        guest=("Demo Guest", "Demo Hospital"),
    ),
    Quarter(
        state=MeetingState.NOT_NEEDED,
        reason="All actions were done, and nobody proposed an item.",
    ),
    Quarter(
        items=(
            Item(
                "Results of the checklist",
                "In three months 140 people opened it. The agency hears fewer questions about transcripts.",
                Purpose.INFORM,
                15,
                "birch",
            ),
            Item(
                "Recent practice: when does it count?",
                "Two readings are in use. The group looked at five invented cases and reached the same answer in four.",
                Purpose.DECIDE,
                30,
                rulings=(
                    Ruling(
                        "Teaching in a nursing programme counts as practice where patients were present.",
                        "Four of the five cases turned on this point.",
                    ),
                ),
                promises=(
                    Promise("Bring examples of the fifth case.", "alder", days=60, done="Four were brought."),
                ),
            ),
        ),
        absent=("member",),
    ),
    Quarter(
        items=(
            Item(
                "Language results that expire",
                "Results often expire while a file waits. The regulator can say how often since last year.",
                presenter="cochair",
                rulings=(
                    Ruling(
                        "A language result that was valid when the file was opened stays valid for that file.",
                        "The wait is not the applicant’s doing.",
                    ),
                ),
                promises=(
                    Promise(
                        "Count the files in which a language result expired during the wait.",
                        "cochair",
                        days=21,
                    ),
                    Promise(
                        "Ask the members of the association what employers are told about results.",
                        "spruce",
                        days=45,
                        is_open=True,
                    ),
                ),
            ),
            Item(
                "Mentors for the first year",
                "Time ran out; the proposal of the association comes back next time.",
                presenter="spruce",
                state=ItemState.CARRIED,
                visibility=Part.MEMBERS,
            ),
        ),
        absent=("birch",),
        outcome=OutcomeState.CIRCULATED,
    ),
)

ENGINEERING = (
    Quarter(
        items=(
            Item(
                "Who sits at this table",
                "An employer is still missing. The co-chairs look for one.",
                promises=(
                    Promise(
                        "Approach two employers.", "cedar", days=70, done="One will come as a guest first."
                    ),
                ),
            ),
        ),
    ),
    Quarter(
        language="fr",
        items=(
            Item(
                "Un an d’expérience au Canada\xa0: que demande-t-on au juste?",
                "Les candidats comprennent l’exigence de trois façons. L’association propose une seule formulation.",
                Purpose.DECIDE,
                30,
                "erable",
                rulings=(
                    Ruling(
                        "Le groupe recommande une formulation unique de l’exigence d’expérience, avec des exemples.",
                        "Une exigence bien comprise évite des demandes incomplètes.",
                    ),
                ),
                promises=(
                    Promise(
                        "Rédiger la formulation et trois exemples.",
                        "erable",
                        days=80,
                        done="Le texte a été remis à la coprésidence.",
                    ),
                ),
            ),
        ),
    ),
    Quarter(
        items=(
            Item(
                "Competency reports: a common template",
                "The college showed a template that its graduates already use.",
                Purpose.DECIDE,
                25,
                "cedar",
                rulings=(Ruling("The template is tried with ten applicants."),),
            ),
        ),
        absent=("erable",),
    ),
    Quarter(
        state=MeetingState.NOT_NEEDED,
        reason="The trial of the template was still going on.",
    ),
    Quarter(
        language="fr",
        items=(
            Item(
                "Bilan de l’essai du modèle",
                "Huit candidats sur dix l’ont trouvé plus simple. Deux auraient voulu une version guidée.",
                presenter="cedar",
                rulings=(Ruling("Le modèle est offert à tous les candidats, dans les deux langues."),),
            ),
        ),
    ),
    Quarter(
        state=MeetingState.CANCELLED,
        reason="Fewer than three voices could come.",
    ),
    Quarter(
        items=(
            Item(
                "Technologists and engineers: where the line runs",
                "Applicants are sent from one body to the other. A first list of situations was made.",
                presenter="cedar",
                promises=(
                    Promise("Add the situations that the association hears of.", "erable", days=21),
                    Promise("Draw the list as one page for applicants.", "cedar", days=60, is_open=True),
                ),
            ),
        ),
        outcome=OutcomeState.DRAFT,
    ),
)

TO_COME = {
    "nursing": (
        Item("What is new at each organization", purpose=Purpose.INFORM, minutes=15),
        Item("Plan for the coming year", purpose=Purpose.DECIDE, minutes=30, presenter="alder"),
    ),
    "engineering": (
        Item("What is new at each organization", purpose=Purpose.INFORM, minutes=15),
        Item("One page for applicants: first reading", minutes=25, presenter="cedar"),
    ),
}

IDEAS = {
    "nursing": (
        Idea(
            "member", "Cost of verifying transcripts",
            "Verification can cost a month’s pay. Could the group collect what it costs by country?", "on_agenda",
        ),
        Idea(
            "birch", "A tour of a simulation laboratory",
            "Members would see how practice is assessed.", "parked", "In spring, when the new laboratory is open.",
        ),
        Idea(
            "spruce", "Fees for renewing a licence",
            "Fees differ a lot between provinces.", "declined",
            "Fees are set by by-law; this group looks at recognition only.",
        ),
        Idea(
            "member", "Childcare during supervised practice",
            "Several nurses turned a placement down for want of childcare.",
        ),
    ),
    "engineering": (
        Idea(
            "erable", "Un glossaire des titres réservés",
            "Les mêmes mots n’ont pas le même sens d’une province à l’autre.", "on_agenda",
        ),
    ),
}  # fmt: skip
