"""The main job, walked by four people: a newcomer joins and posts, others find it, talk about it and report a comment.

In both languages, with and without scripts. Everybody presses what the page offers under its name in their language;
every letter that the portal sends on the way is counted and read.
"""

from __future__ import annotations

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

NEW = "nadia@college.example"
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


@pytest.fixture
def people(transactional_db, open_page, language, js, shoot):
    """The newcomer and staff speak the language of the test, the member who finds the other one."""
    call_command("load_content", verbosity=0)
    other = other_language(language)
    count = iter(range(100))

    def look(traveller) -> None:
        variant = f"{language}-{'js' if js else 'nojs'}"
        shoot(traveller.page, f"{variant}-{next(count):02}-{traveller.name}")

    def on_the_way(name: str, person=None, *, speaks: str = language) -> Traveller:
        return Traveller(open_page(person, js=js, locale=f"{speaks}-CA"), speaks, name, look=look)

    def member(name: str, speaks: str) -> Traveller:
        person = make_person(name, MembershipState.APPROVED, language=speaks)
        return on_the_way(name, person, speaks=speaks)

    return SimpleNamespace(
        newcomer=on_the_way("newcomer"),
        staff=on_the_way("staff", make_person("Sam Staff", staff=True, language=language)),
        finder=member("Fiona Finder", other),
        reader=member("Rita Reader", language),
    )


@pytest.mark.parametrize("js", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_main_job(people, language, deliver):
    texts, other = TEXTS[language], other_language(language)
    here, there = words(language), words(other)
    sent = []

    def letter(to: str, subject: str, spoken: str = language):
        """The one letter that waits."""
        [found] = deliver()
        sent.append(found)
        assert (found.to, found.subject, found.extra_headers["Content-Language"]) == ([to], subject, spoken)
        return found

    register_and_apply(people.newcomer, texts, letter, here)
    ask_and_answer(people, texts, letter, here)
    approve(people.staff)
    letter(NEW, here("Welcome: you are a member of the International Qualifications Network"))
    post(people.newcomer, texts)
    posted = Initiative.objects.get(title=texts["title"])
    letter(NEW, here("%(identifier)s: received for review", identifier=posted.identifier))
    publish(people.staff, texts)
    letter(NEW, here("%(identifier)s: your initiative is published", identifier=posted.identifier))

    find_by_facet_and_ask(people.finder, texts)
    told = letter(NEW, here("Question about “%(title)s”", title=texts["title"]))
    reply(people.newcomer, told, texts)
    letter(
        "fiona.finder@example.org",
        there("%(author)s replied about “%(title)s”", author="Nadia Newcomer", title=texts["title"]),
        other,
    )
    find_by_search_and_comment(people.reader, texts)
    assert deliver() == []  # only a question is mailed at once
    report_the_question(people.reader)
    assert deliver() == []  # staff read it in their queue
    decide_the_report(people.staff, texts)
    outcomes = deliver()
    sent += outcomes

    assert sorted((mail.to[0], mail.subject, mail.extra_headers["Content-Language"]) for mail in outcomes) == [
        ("fiona.finder@example.org", there("A report about your comment on “%(title)s”", title=texts["title"]), other),
        ("rita.reader@example.org", here("What came of your report about “%(title)s”", title=texts["title"]), language),
    ]  # fmt: skip
    usual = "The comment does not keep to the guidelines for posting. It is no longer shown."
    assert sorted(usual_in in mail.body for mail in outcomes for usual_in in (here(usual), there(usual))) == [
        False, False, True, True,
    ]  # fmt: skip
    assert Message.objects.count() == len(sent) == 11
    assert not Comment.objects.get(author__name="Fiona Finder").is_shown


# --- Joining ----------------------------------------------------------------------------------------------------


def register_and_apply(newcomer: Traveller, texts: dict, letter, here) -> None:
    newcomer.open(f"/{newcomer.language}/")
    newcomer.press(newcomer.link("Join"))
    with newcomer.leg("Apply", pages=3, clicks=4):
        newcomer.field("Your name").fill("Nadia Newcomer")
        newcomer.field("E-mail address").fill(NEW)
        newcomer.field("Password").fill(PASSWORD)
        newcomer.press(newcomer.button("Create my account"))
        code = code_in(letter(NEW, here("Your code to create your IQN account")))
        newcomer.field("Code from the e-mail").fill(code)
        newcomer.press(newcomer.page.get_by_role("main").get_by_role("button").first)
        newcomer.field("Your organization").fill("College of Zephyrs")
        newcomer.field("Type of organization", required=False).select_option(index=1)
        newcomer.field("Your role there").fill("Assessor")
        newcomer.field("Province or territory").select_option(index=3)
        newcomer.field("Why you would like to join").fill(texts["reason"])
        newcomer.tick(newcomer.page.get_by_role("checkbox"))
        newcomer.press(newcomer.button("Send the application"))
    assert newcomer.heading() == here("Your application")
    assert here("Your application is in. We have sent you a message that says so.") in newcomer.notice()
    letter(NEW, here("We have received your application for membership"))


def ask_and_answer(people, texts: dict, letter, here) -> None:
    people.staff.open("/")
    people.staff.press(people.staff.page.get_by_role("link", name="Nadia Newcomer", exact=True))
    people.staff.press(people.staff.page.get_by_role("link", name=here("Ask", "step"), exact=True))
    people.staff.field("Your question").fill(texts["question"])
    people.staff.press(people.staff.button("Send the question"))
    told = letter(NEW, here("A question about your application for membership"))
    assert texts["question"] in told.body
    people.newcomer.open(path_in(told))
    people.newcomer.field("Your answer").fill(texts["answer"])
    people.newcomer.press(people.newcomer.button("Send the answer"))
    assert here("Your answer has reached us. Staff act next.") in people.newcomer.notice()
    letter(NEW, here("We have received your answer"))


def approve(staff: Traveller) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name="Nadia Newcomer", exact=True))
    staff.press(staff.page.get_by_role("link", name=staff.say("Approve", "step"), exact=True))
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
        newcomer.tick(newcomer.choice(type_of_the_posting(newcomer)))
        newcomer.field("Status").select_option("pilot")
        newcomer.press(newcomer.button("Preview"))
        newcomer.press(newcomer.button("Send for review"))
    assert newcomer.clicks - before <= 4  # with the link to the form
    assert newcomer.heading() == texts["title"]


def type_of_the_posting(reader: Traveller) -> str:
    return getattr(InitiativeType.objects.get(slug="mentoring"), f"name_{reader.language}")


def publish(staff: Traveller, texts: dict) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name=texts["title"], exact=True))
    staff.press(staff.button("Publish"))
    assert staff.say("Published; its author is told by mail.") in staff.notice()


# --- Talking about it -------------------------------------------------------------------------------------------


def find_by_facet_and_ask(finder: Traveller, texts: dict) -> None:
    finder.open(f"/{finder.language}/")
    finder.press(
        finder.page.get_by_role("navigation").get_by_role("link", name=finder.say("Initiatives"), exact=True)
    )
    with finder.leg("Find by a facet and comment", pages=3, clicks=5):
        facet = finder.page.get_by_role("group", name=finder.say("Type"), exact=True)
        finder.tick(facet.get_by_label(type_of_the_posting(finder)))
        finder.press(finder.button("Show the results"))
        finder.press(finder.page.get_by_role("link", name=texts["title"], exact=True))
        comment(finder, kind="Question", text=QUESTION)
    assert finder.notice() == finder.say("Your comment is posted.")


def find_by_search_and_comment(reader: Traveller, texts: dict) -> None:
    reader.open(f"/{reader.language}/")
    with reader.leg("Find by searching and comment", pages=3, clicks=5):
        reader.page.get_by_role("searchbox", name=reader.say("Search the portal")).fill(texts["word"])
        reader.press(reader.button("Search"))
        reader.press(reader.page.get_by_role("link", name=texts["title"], exact=True))
        comment(reader, kind="This worked for us", text="Two colleges here do the same.")
    assert reader.notice() == reader.say("Your comment is posted.")


def comment(member: Traveller, *, kind: str, text: str) -> None:
    member.tick(member.choice(kind))
    member.field("Your comment").fill(text)
    member.press(member.button("Post the comment"))


def reply(author: Traveller, told, texts: dict) -> None:
    """From the letter that asks."""
    assert QUESTION in told.body
    author.open(path_in(told, author.say("reply/", "address")))
    author.field("Your reply").fill(texts["reply"])
    author.press(author.button("Post the reply"))
    assert author.notice() == author.say("Your reply is posted.")


def report_the_question(reader: Traveller) -> None:
    asked = reader.page.get_by_role("article").filter(has_text=QUESTION).first
    reader.press(asked.get_by_role("link", name=reader.say("Report", "comment")).first)
    reader.tick(reader.choice("It is advertising"))
    reader.press(reader.button("Send the report"))
    assert reader.say("Your report is with staff, who decide what to do.")[:20] in reader.notice()


def decide_the_report(staff: Traveller, texts: dict) -> None:
    staff.open("/")
    staff.press(staff.page.get_by_role("link", name=texts["title"], exact=True).first)
    staff.tick(staff.page.get_by_label(staff.say("Uphold, and hide the comment", "decision")))
    staff.press(staff.button("Decide and send"))
    assert staff.say("Decided. The outcome is mailed to both sides.") in staff.notice()
