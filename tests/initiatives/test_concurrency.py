"""Many at once: no lost update, no number given twice, one row for one form."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from initiatives.actions import initiatives as actions
from initiatives.choices import PostState
from initiatives.errors import StaleVersion
from initiatives.models import Initiative
from members.choices import MembershipState
from tests.factories.initiatives import InitiativeFactory
from tests.factories.members import OrganizationFactory, make_person
from tests.factories.reference import InitiativeTypeFactory
from tests.world import make_pages

pytestmark = pytest.mark.django_db(transaction=True)


def together(count: int, work):
    """`work(n)` in `count` threads that start at the same moment; their answers in order of n."""
    barrier = threading.Barrier(count, timeout=60)

    def one(number: int):
        try:
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture
def author(transactional_db):
    return make_person("Amir Author", MembershipState.APPROVED)


def test_twenty_editors_lose_no_update(author):
    initiative = InitiativeFactory(author=author, title="At first")
    initiative.types.add(InitiativeTypeFactory())
    order: list[tuple[int, str]] = []

    def edit(number: int) -> str:
        seen = Initiative.objects.get(pk=initiative.pk).version
        title = f"By editor {number}"
        try:
            saved = actions.edit(initiative=initiative, by=author, version=seen, values={"title": title})
        except StaleVersion:
            return "stale"
        order.append((saved.version, title))
        return "saved"

    answers = together(20, edit)

    initiative.refresh_from_db()
    order.sort()
    assert answers.count("saved") == len(order) >= 1
    assert answers.count("stale") == 20 - len(order)
    assert [version for version, _title in order] == list(
        range(2, 2 + len(order))
    )  # each on top of the one before
    assert (initiative.version, initiative.title) == order[-1]


def test_twenty_editors_of_one_version_save_once(author):
    initiative = InitiativeFactory(author=author)
    initiative.types.add(InitiativeTypeFactory())

    def edit(number: int) -> str:
        try:
            return actions.edit(
                initiative=initiative, by=author, version=1, values={"title": f"By {number}"}
            ).title
        except StaleVersion as stale:
            return f"stale: {stale.current.title}"

    answers = together(20, edit)

    saved = [answer for answer in answers if not answer.startswith("stale: ")]
    assert len(saved) == 1
    assert set(answers) - set(saved) == {f"stale: {saved[0]}"}  # everyone else is shown what stands
    initiative.refresh_from_db()
    assert (initiative.version, initiative.title) == (2, saved[0])


def test_parallel_submissions_get_numbers_of_their_own(author):
    kind, organization = InitiativeTypeFactory(), OrganizationFactory()
    drafts = [
        InitiativeFactory(author=author, state=PostState.DRAFT, lead_organization=organization)
        for _n in range(20)
    ]
    for draft in drafts:
        draft.types.add(kind)

    numbers = together(20, lambda n: actions.submit(initiative=drafts[n], by=author).number)

    assert len(set(numbers)) == 20


def test_fifty_copies_of_one_form_make_one_row(author):
    make_pages()
    kind = InitiativeTypeFactory()
    data = {
        "title": "Once", "summary": "A summary.", "work": "Work.", "types": [kind.pk], "status": "running",
        "lead_organization": author.affiliations.get().organization_id, "visibility": "public", "language": "en",
        "do": "save", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    client = Client()
    client.force_login(author.user, backend="members.backends.AccountBackend")
    url, cookies = reverse("initiatives:create"), client.cookies

    def post(_number: int) -> tuple[int, str]:
        copy = Client()
        copy.cookies = cookies
        response = copy.post(url, data)
        return response.status_code, response["Location"]

    answers = together(50, post)

    draft = Initiative.objects.get()
    assert set(answers) == {(302, reverse("initiatives:draft-edit", args=[draft.key]))}
