"""Applying, the state of one's application, and the referee's link."""

from iqn import links
from members.models import MembershipApplication
from tests.matrix.rows import EVERYONE, SIGN_IN, Row, answers


def reference_token(world):
    application = MembershipApplication.objects.get(person=world.applicant)
    return {"token": links.token("members.reference", application=application.pk)}


ROWS: list[Row] = [
    Row(
        "members:application-apply",
        # whoever has an open application or is a member is led to its state
        get=answers(302, anonymous=SIGN_IN, declined=200, left=200, staff=403),
        post=answers(302, anonymous=SIGN_IN, declined=200, left=200, staff=403),  # with nothing filled in
    ),
    Row(
        "members:application-status",
        get=answers(200, anonymous=SIGN_IN, staff=302),
        post=answers(409, anonymous=SIGN_IN, staff=302),  # nothing was asked
        data=lambda world: {"text": "An answer to no question"},
    ),
    Row("members:reference-confirm", get=EVERYONE, post=answers(302), args=reference_token),
]
