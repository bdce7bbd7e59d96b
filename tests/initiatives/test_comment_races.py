"""Many at once: a form sent fifty times, two of the staff on one report, an edit against a removal."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connections
from django.urls import reverse

from initiatives.actions import comments, reports
from initiatives.errors import AlreadyDecided, NotPossibleNow
from initiatives.models import Comment, Report
from iqn.mail.models import Message
from members.choices import MembershipState
from tests.factories.initiatives import CommentFactory, InitiativeFactory, ReportFactory
from tests.factories.members import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks: list, threads: int = 10) -> list:
    """Results of all tasks, exceptions included, run by so many threads with a connection each."""

    def run(task):
        close_old_connections()
        try:
            return task()
        except Exception as exc:
            return exc
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(run, tasks))


@pytest.fixture
def member():
    return make_person("Mia Member", MembershipState.APPROVED)


@pytest.fixture
def staff():
    return make_person("Sam Staff", staff=True)


def test_fifty_identical_posts_make_one_comment(member, sign_in):
    initiative = InitiativeFactory(author=make_person("Amir Author", MembershipState.APPROVED))
    url = reverse("initiatives:comment-create", args=[initiative.identifier])
    data = {"kind": "question", "text": "Once?", "language": "en", "submission": str(uuid.uuid4())}
    clients = [sign_in(member) for _ in range(50)]

    answers = at_once([lambda client=client: client.post(url, data) for client in clients])

    comment = Comment.objects.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"{initiative.get_absolute_url()}#{comment.anchor}")
    }
    assert Message.objects.count() == 1


def test_two_of_the_staff_decide_once(member, staff):
    comment = CommentFactory(author=member)
    report = ReportFactory(initiative=comment.initiative, comment=comment, reporter=staff)

    def decide():
        mine = Report.objects.get(pk=report.pk)
        return reports.decide_report(
            report=mine, decision="dismiss", by=staff, outcome_en="Nothing.", outcome_fr="Rien."
        )

    results = at_once([decide] * 4, threads=4)

    assert sum(isinstance(each, Report) for each in results) == 1
    assert sum(isinstance(each, AlreadyDecided) for each in results) == 3
    assert Message.objects.count() == 2


def test_replies_reports_and_hiding_do_not_wait_for_each_other_in_a_circle(member, staff):
    comment = CommentFactory(author=member)
    ReportFactory(initiative=comment.initiative, reporter=staff)

    def reply():
        return comments.reply_to_comment(comment=comment, text="Yes.", language="en", by=member)

    def hide_and_show():
        comments.hide_comment(comment=comment, reason_en="x", reason_fr="x", by=staff)
        return comments.restore_comment(comment=comment, by=staff)

    def post():
        return comments.post_comment(
            initiative=comment.initiative, kind="worked", text="Yes.", language="en", by=member
        )

    results = at_once([reply, post, hide_and_show] * 8, threads=6)

    odd = [each for each in results if isinstance(each, Exception) and not isinstance(each, NotPossibleNow)]
    assert odd == []
    assert Comment.objects.filter(parent=None).count() == 9
