import pytest

from iqn.history.models import Event
from iqn.history.official_texts import ChangedMeanwhile, change_official_text
from iqn.pages import actions
from iqn.pages.errors import HalfAPage
from iqn.pages.models import Page
from tests.factories.pages import PageFactory

pytestmark = pytest.mark.django_db


def test_a_stale_stamp_changes_nothing():
    page = PageFactory()
    stamp = page.stamp
    Page.objects.filter(pk=page.pk).update(title_en="Theirs")

    with pytest.raises(ChangedMeanwhile) as raised:
        actions.save_page(by=None, page=page, stamp=stamp, values={"title_en": "Mine"})

    assert raised.value.current.title_en == "Theirs"
    assert Page.objects.get().title_en == "Theirs"
    assert not Event.objects.exists()


def test_half_a_page_cannot_be_saved_by_any_way():
    page = PageFactory()

    with pytest.raises(HalfAPage):
        actions.save_page(by=None, page=page, stamp=page.stamp, values={"title_fr": ""})
    with pytest.raises(HalfAPage):
        actions.add_page(by=None, page=PageFactory.build(title_fr=""))

    assert [p.title_fr for p in Page.objects.all()] == [page.title_fr]


def test_only_new_words_change_the_date_that_readers_see():
    page = PageFactory(content_updated_on="2020-01-01")
    page = actions.save_page(by=None, page=page, stamp=page.stamp, values={"order": 7})
    before = page.content_updated_on
    page = actions.save_page(by=None, page=page, stamp=page.stamp, values={"title_en": "New"})

    assert str(before) == "2020-01-01"
    assert page.content_updated_on != before
    assert page.version == 3


def test_saying_that_both_agree_leaves_an_event():
    page = PageFactory()
    page.body_en = "With a comma, added."
    page.save()

    change_official_text(by=None, row=page, stamp=page.stamp, values={}, in_step=["body"])

    assert Page.objects.get().translation_wanted_since is None
    assert Event.objects.count() == 1
