"""Rows of people, organizations and one's own account."""

from tests.matrix.rows import EVERYONE, MEMBERS, SIGN_IN, SIGNED_IN, Row, answers

CONFIRMS_FIRST = 302  # whoever did not just sign in types the password again
_leaving = answers(CONFIRMS_FIRST, anonymous=SIGN_IN, staff=403)
_employer = answers(403, anonymous=SIGN_IN, member=200, author=200, other_author=200)

ROWS: list[Row] = [
    Row("members:person-list", MEMBERS),
    Row("members:person-list", MEMBERS, query="?format=csv", variant="csv"),
    Row(
        "members:person-detail", MEMBERS, args=lambda world: {"pk": world.author.pk},
    ),
    Row(
        "members:person-detail", answers(403, anonymous=SIGN_IN, member=404, author=404, other_author=404, staff=200),
        post=answers(405, anonymous=SIGN_IN, applicant=403, declined=403, left=403),
        args=lambda world: {"pk": world.applicant.pk}, variant="of an applicant",
    ),
    Row(
        "members:person-write",
        answers(403, anonymous=SIGN_IN, member=200, author=403, other_author=200, staff=200),
        post=answers(403, anonymous=SIGN_IN, member=302, author=403, other_author=302, staff=302),
        args=lambda world: {"pk": world.author.pk}, data=lambda world: {"text": "Hello"},
    ),
    Row(
        "members:person-write",
        answers(403, anonymous=SIGN_IN, member=404, author=404, other_author=404, staff=302),
        post=answers(403, anonymous=SIGN_IN, member=404, author=404, other_author=404, staff=302),
        args=lambda world: {"pk": world.applicant.pk}, data=lambda world: {"text": "Hello"}, variant="to an applicant",
    ),
    Row("members:organization-list", EVERYONE),
    Row("members:organization-list", EVERYONE, query="?format=csv", variant="csv"),
    Row("members:organization-detail", EVERYONE, args=lambda world: {"slug": world.organization.slug}),
    Row("members:account", SIGNED_IN),
    Row("members:profile-edit", SIGNED_IN, post=SIGNED_IN),
    Row("members:affiliation-change", _employer, post=_employer),
    Row("members:leave", _leaving, post=_leaving),
    Row("members:data-download", SIGNED_IN),
    Row(
        "members:data-download", answers(CONFIRMS_FIRST, anonymous=SIGN_IN),
        post=answers(405, anonymous=SIGN_IN), query="?format=zip", variant="the file",
    ),
]  # fmt: skip
