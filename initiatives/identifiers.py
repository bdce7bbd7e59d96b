"""IQN-0231: given at first submission, never changed."""

from __future__ import annotations

from iqn import identifiers
from iqn.identifiers import Identified


class IdentifierConverter:
    r"""In addresses: the number behind IQN-0231. Four digits at least; no other spelling leads to the same page.

    [0-9], because \d matches the digits of every script.
    """

    regex = r"IQN-(?:[0-9]{4}|[1-9][0-9]{4,8})"

    def to_python(self, value: str) -> int:
        return int(value[len("IQN-") :])

    def to_url(self, value: int | str) -> str:
        return value if isinstance(value, str) else f"IQN-{value:04d}"


def resolve_initiative(identifier: str, user) -> Identified | None:
    """For iqn.identifiers: what IQN-0231 stands for, as this reader may see it."""
    from initiatives.models import Initiative  # noqa: PLC0415 (the converter is needed before the models are loaded)

    number = int(identifier.removeprefix("IQN-"))
    initiative = (
        Initiative.objects.listed_for(user).filter(number=number).prefetch_related("translations").first()
    )
    if initiative is None:
        return None
    title, language = initiative.text("title")
    return Identified(initiative.identifier, title, initiative.get_absolute_url(), language)


def register() -> None:
    identifiers.register(IdentifierConverter.regex, resolve_initiative)
