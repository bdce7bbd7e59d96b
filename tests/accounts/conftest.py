import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english_unless_said_otherwise():
    """Requests leave their language behind in the thread."""
    with translation.override("en"):
        yield
