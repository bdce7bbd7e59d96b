"""Whoever follows an action up from now on hears of it: one letter for all that came into their hands at once."""

from __future__ import annotations

from iqn.mail import events, sending
from iqn.mail.events import Letter
from iqn.mail.models import Message
from members.models import Person
from workgroups.meetings.models import ActionItem
from workgroups.meetings.notifications.nudges import address_of, told_actions
from workgroups.meetings.outcome_letters import action_url

HANDED_OVER = "meetings.action_handed_over"


def register() -> None:
    events.register(HANDED_OVER, _render_handed_over)


def tell_handed_over(actions: list[ActionItem], *, to: Person, by: Person) -> None:
    """Who took them on themselves knows. Of a record that nobody was sent yet its circulation tells."""
    told = list(told_actions().filter(pk__in=[action.pk for action in actions]))
    address = address_of(to)
    if to == by or not told or not address:
        return
    sending.queue(
        HANDED_OVER, to=to, address=address, language=to.language,
        params={"actions": [action.pk for action in told], "by": by.pk},
        once=f"{HANDED_OVER}:{to.pk}:" + ",".join(f"{action.pk}.{action.version}" for action in told),
    )  # fmt: skip


def _render_handed_over(message: Message) -> Letter | None:
    """Of those actions what is still open and the recipient's."""
    person = message.recipient
    if person is None or address_of(person) != message.address:
        return None
    actions = list(told_actions().filter(pk__in=message.params["actions"], follower=person))
    if not actions:
        return None
    context = {
        "name": person.name,
        "by": Person.objects.filter(pk=message.params["by"]).first(),
        "group": actions[0].group,
        "actions": [(action, action_url(action, person, message.language)) for action in actions],
    }
    return events.letter("meetings/emails/action_handed_over", context)
