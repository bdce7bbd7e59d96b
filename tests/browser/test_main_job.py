"""The main job, walked by four people: a newcomer joins and posts, others find it, talk about it and report a comment.

In both languages, with and without scripts. Everybody presses what the page offers under its name in their language;
every letter that the portal sends on the way is counted and read.
"""

from __future__ import annotations

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from initiatives.models import Comment, Initiative
from iqn.bilingual import other_language
from iqn.mail.models import Message
from iqn.reference.models import InitiativeType
from members.choices import MembershipState
from tests.accounts.letters import code_in
from tests.browser.journey import Traveller, path_in, words
from tests.factories.members import PASSWORD, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW, FINDER = "nadia@college.example", "fiona.finder@example.org"
POSTED_TYPE = "mentoring"
QUESTION = "How much time do your mentors give?"
# What people write, in the language of the newcomer
TEXTS = {
    "en": {
        "reason": "I assess the files of nurses trained abroad and would like to learn how others do it.",
        "question": "Which part of the assessment is yours?",
        "answer": "Comparing what was taught with what is taught here.",
        "title": "Zephyr rounds for nurses",
        "summary": "Nurses trained abroad discuss real cases with a mentor, twenty evenings a year.",
        "work": "Two mentors and eight nurses meet every other week.\n\n- A case\n- What they would do",
        "word": "zephyr",
        "reply": "About four hours a month for each mentor.",
    },
    "fr": {
        "reason": "J’évalue les dossiers du personnel infirmier formé à l’étranger et j’aimerais savoir comment font les autres.",
        "question": "De quelle partie de l’évaluation vous occupez-vous?",
        "answer": "Je compare ce qui a été enseigné là-bas avec ce qui l’est ici.",
        "title": "Tournées Zéphyr pour le personnel infirmier",
        "summary": "Vingt soirs par année, du personnel infirmier formé à l’étranger discute de cas réels avec un mentor.",
        "work": "Deux mentors et huit personnes se réunissent toutes les deux semaines.\n\n- Un cas\n- Ce qu’elles feraient",
        "word": "zephyr",  # accents do not matter
        "reply": "Environ quatre heures par mois pour chaque mentor.",
    },
}


class Letters:
    """What the portal sends, read one by one."""

    def __init__(self, deliver) -> None:
        self.deliver, self.sent = deliver, 0

    def the_one(self, to: str, language: str, subject: str, context: str | None = None, **values):
        """The only letter that waits, which must be this one."""
        [letter] = self.several(1)
        assert told(letter) == (to, language, words(language)(subject, context, **values))
        return letter

    def several(self, count: int) -> list:
        letters = self.deliver()
        assert len(letters) == count
        self.sent += count
        return letters


def told(letter) -> tuple[str, str, str]:
    return letter.to[0], letter.extra_headers["Content-Language"], letter.subject


@pytest.fixture
def people(transactional_db, open_page, deliver, language, js, width, shoot):
    """The newcomer and staff speak the language of the test, the member who finds the posting the other one."""
    call_command("load_content", stdout=StringIO())
    count = iter(range(100))

    def look(traveller) -> None:
        variant = f"{language}-{'js' if js else 'plain'}-{width}"
        shoot(traveller.page, f"{variant}-{next(count):02}-{traveller.name.split()[0].lower()}")

    def on_the_way(name: str, person=None, *, speaks: str = language, width: int = 1280) -> Traveller:
        return Traveller(
            open_page(person, js=js, width=width, locale=f"{speaks}-CA"), speaks, name, look=look
        )

    def member(name: str, speaks: str) -> Traveller:
        person = make_person(name, MembershipState.APPROVED, language=speaks)
        return on_the_way(name, person, speaks=speaks)

    return SimpleNamespace(
        letters=Letters(deliver),
        newcomer=on_the_way("Nadia Newcomer", width=width),
        staff=on_the_way("Sam Staff", make_person("Sam Staff", staff=True, language=language)),
        finder=member("Fiona Finder", other_language(language)),
        reader=member("Rita Reader", language),
    )


# Half a minute each: two of the four show every language and both ways, --all walks the others too
VARIANTS = [
    pytest.param("en", True, id="en-script"),
    pytest.param("fr", False, id="fr-plain"),
    pytest.param("en", False, id="en-plain", marks=pytest.mark.slow),
    pytest.param("fr", True, id="fr-script", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("width", [1280])
@pytest.mark.parametrize(("language", "js"), VARIANTS)
def test_the_main_job(people, language):
    join_and_post(people, TEXTS[language])
    find_and_talk(people, TEXTS[language])

    assert Message.objects.count() == people.letters.sent == 11
    assert not Comment.objects.get(author__name="Fiona Finder").is_shown


@pytest.mark.parametrize(("language", "js", "width"), [("fr", True, 390)], ids=["fr"])
def test_a_newcomer_with_a_phone(people, language):
    """Every page fits: `Traveller` looks at each."""
    join_and_post(people, TEXTS[language])

    assert Message.objects.count() == people.letters.sent == 7


def join_and_post(people, texts: dict) -> None:
    newcomer, staff, letters, language = (
        people.newcomer,
        people.staff,
        people.letters,
        people.newcomer.language,
    )
    register_and_apply(newcomer, texts, letters)
    letters.the_one(NEW, language, "We have received your application for membership")
    ask(staff, texts)
    letter = letters.the_one(NEW, language, "A question about your application for membership")
    assert texts["question"] in letter.body
    answer(newcomer, letter, texts)
    letters.the_one(NEW, language, "We have received your answer")
    approve(staff)
    letters.the_one(NEW, language, "Welcome: you are a member of the International Qualifications Network")
    post(newcomer, texts)
    identifier = Initiative.objects.get(title=texts["title"]).identifier
    letters.the_one(NEW, language, "%(identifier)s: received for review", identifier=identifier)
    publish(staff, texts)
    letters.the_one(NEW, language, "%(identifier)s: your initiative is published", identifier=identifier)


def find_and_talk(people, texts: dict) -> None:
    letters, here, there = people.letters, people.newcomer.language, people.finder.language
    title = texts["title"]
    find_by_facet_and_ask(people.finder, texts)
    letter = letters.the_one(NEW, here, "Question about “%(title)s”", title=title)
    assert QUESTION in letter.body
    reply(people.newcomer, letter, texts)
    letter = letters.the_one(
        FINDER, there, "%(author)s replied about “%(title)s”", author="Nadia Newcomer", title=title
    )
    assert texts["reply"] in letter.body
    find_by_search_and_comment(people.reader, texts)
    report_the_question(people.reader)
    letters.several(0)  # only a question is mailed at once; reports wait in the queue of staff
    decide_the_report(people.staff, texts)
    to_finder, to_reader = sorted(letters.several(2), key=told)
    say, say_there = words(here), words(there)
    assert told(to_finder) == (
        FINDER, there, say_there("A report about your comment on “%(title)s”", title=title)
    )  # fmt: skip
    assert told(to_reader) == (
        "rita.reader@example.org", here, say("What came of your report about “%(title)s”", title=title)
    )  # fmt: skip
    usual = "The comment does not keep to the guidelines for posting. It is no longer shown."
    assert say_there(usual) in to_finder.body
    assert say(usual) in to_reader.body


# --- Joining ----------------------------------------------------------------------------------------------------


def register_and_apply(newcomer: Traveller, texts: dict, letters: Letters) -> None:
    newcomer.open(f"/{newcomer.language}/")
    newcomer.press(newcomer.link("Join"))
    with newcomer.leg("Apply", pages=3, clicks=4):
        newcomer.field("Your name").fill("Nadia Newcomer")
        newcomer.field("E-mail address").fill(NEW)
        newcomer.field("Password").fill(PASSWORD)
        newcomer.press(newcomer.button("Create my account"))
        letter = letters.the_one(NEW, newcomer.language, "Your code to create your IQN account")
        newcomer.field("Code from the e-mail").fill(code_in(letter))
        newcomer.press(newcomer.button("Continue"))
        newcomer.field("Your organization").fill("College of Zephyrs")
        newcomer.field("Type of organization", required=False).select_option(index=1)
        newcomer.field("Your role there").fill("Assessor")
        newcomer.field("Province or territory").select_option(index=3)
        newcomer.field("Why you would like to join").fill(texts["reason"])
        newcomer.tick(newcomer.page.get_by_role("checkbox"))
        newcomer.press(newcomer.button("Send the application"))
    assert newcomer.heading() == newcomer.say("Your application")
    assert newcomer.is_told("Your application is in. We have sent you a message that says so.")


def ask(staff: Traveller, texts: dict) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name="Nadia Newcomer", exact=True))
    staff.press(staff.link("Ask", "step"))
    staff.field("Your question").fill(texts["question"])
    staff.press(staff.button("Send the question"))


def answer(newcomer: Traveller, letter, texts: dict) -> None:
    newcomer.open(path_in(letter))
    newcomer.field("Your answer").fill(texts["answer"])
    newcomer.press(newcomer.button("Send the answer"))
    assert newcomer.is_told("Your answer has reached us. Staff act next.")


def approve(staff: Traveller) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name="Nadia Newcomer", exact=True))
    staff.press(staff.link("Approve", "step"))
    staff.press(staff.button("Approve and send"))


# --- Posting ----------------------------------------------------------------------------------------------------


def post(newcomer: Traveller, texts: dict) -> None:
    newcomer.open(f"/{newcomer.language}/")
    before = newcomer.clicks
    newcomer.press(newcomer.link("Post an initiative"))
    with newcomer.leg("Post", pages=2, clicks=3):
        newcomer.field("title").fill(texts["title"])
        newcomer.field("summary").fill(texts["summary"])
        newcomer.field("what is done").fill(texts["work"])
        kind = InitiativeType.objects.get(slug=POSTED_TYPE)
        newcomer.tick(newcomer.page.get_by_label(getattr(kind, f"name_{newcomer.language}"), exact=True))
        newcomer.field("Status").select_option("pilot")
        newcomer.press(newcomer.button("Preview"))
        newcomer.press(newcomer.button("Send for review"))
    assert newcomer.clicks - before <= 4  # with the link to the form
    assert newcomer.heading() == texts["title"]


def publish(staff: Traveller, texts: dict) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name=texts["title"], exact=True))
    staff.press(staff.button("Publish"))
    assert staff.is_told("Published; its author is told by mail.")


# --- Talking about it -------------------------------------------------------------------------------------------


def find_by_facet_and_ask(finder: Traveller, texts: dict) -> None:
    finder.open(f"/{finder.language}/")
    finder.press(
        finder.page.get_by_role("navigation").get_by_role("link", name=finder.say("Initiatives"), exact=True)
    )
    with finder.leg("Find by a facet and comment", pages=3, clicks=5):
        facet = finder.page.get_by_role("group", name=finder.say("Type"), exact=True)
        facet.get_by_role("combobox").select_option(POSTED_TYPE)
        finder.press(finder.button("Show the results"))
        finder.press(finder.page.get_by_role("link", name=texts["title"], exact=True))
        comment(finder, kind="Question", text=QUESTION)
    assert finder.is_told("Your comment is posted.")


def find_by_search_and_comment(reader: Traveller, texts: dict) -> None:
    reader.open(f"/{reader.language}/")
    with reader.leg("Find by searching and comment", pages=3, clicks=5):
        reader.page.get_by_role("searchbox", name=reader.say("Search the portal")).fill(texts["word"])
        reader.press(reader.button("Search"))
        reader.press(reader.page.get_by_role("link", name=texts["title"], exact=True))
        comment(reader, kind="This worked for us", text="Two colleges here do the same.")
    assert reader.is_told("Your comment is posted.")


def comment(member: Traveller, *, kind: str, text: str) -> None:
    member.tick(member.choice(kind))
    member.field("Your comment").fill(text)
    member.press(member.button("Post the comment"))


def reply(author: Traveller, letter, texts: dict) -> None:
    """From the letter that asks."""
    author.open(path_in(letter, author.say("reply/", "address")))
    author.field("Your reply").fill(texts["reply"])
    author.press(author.button("Post the reply"))
    assert author.is_told("Your reply is posted.")


def report_the_question(reader: Traveller) -> None:
    asked = reader.page.get_by_role("article").filter(has_text=QUESTION).first
    reader.press(asked.get_by_role("link", name=reader.say("Report", "comment")).first)
    reader.tick(reader.choice("It is advertising"))
    reader.press(reader.button("Send the report"))
    assert reader.is_told(
        "Your report is with staff, who decide what to do. You will get the outcome by mail."
    )


def decide_the_report(staff: Traveller, texts: dict) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name=texts["title"], exact=True).first)
    staff.tick(staff.page.get_by_label(staff.say("Uphold, and hide the comment", "decision")))
    staff.press(staff.button("Decide and send"))
    assert staff.is_told("Decided. The outcome is mailed to both sides.")
