"""Official pages: public, read only."""

from tests.matrix.rows import EVERYONE, Row, answers

ROWS: list[Row] = [
    Row("pages:about", get=EVERYONE),
    Row("pages:guidelines", get=EVERYONE),
    Row("pages:glossary", get=EVERYONE),
    # A slug of the other language leads to the right address
    Row("pages:page", get=EVERYONE, args=lambda world: {"slug": "contact"}),
    Row(
        "pages:page",
        get=answers(404),
        post=answers(405),
        args=lambda world: {"slug": "no-such-page"},
        variant="unknown",
    ),
]
