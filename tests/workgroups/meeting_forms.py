"""What a co-chair would type."""

from datetime import timedelta

from django.utils import timezone


def time_data(days: int = 40, **extra) -> dict:
    day = timezone.localdate() + timedelta(days=days)
    return {"day": day.isoformat(), "begins": "13:00", "ends": "15:00", **extra}


def schedule_data(**extra) -> dict:
    return time_data(**{"mode": "online", "place": "", "join_link": "https://join.example/next", **extra})


def item_data(**extra) -> dict:
    return {"title": "Bridging seats", "purpose": "decide", "minutes": 20, "language": "en", **extra}


def proposal_data(**extra) -> dict:
    return {
        "title": "Language tests", "text": "They cost too much.", "purpose": "discuss", "language": "en", **extra,
    }  # fmt: skip
