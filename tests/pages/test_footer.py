"""The addresses of the footer's pages are fixed, so that no page asks the database for them."""

from iqn.loading import read_content
from iqn.pages.links import FOOTER_PAGES
from iqn.pages.loading import CONTENT


def test_shipped_pages_have_the_addresses_of_the_footer():
    shipped = {
        page["key"]: (page["slug_en"], page["slug_fr"]) for page in read_content(CONTENT / "pages.yaml")
    }

    assert {key: shipped[key] for key in FOOTER_PAGES} == FOOTER_PAGES
