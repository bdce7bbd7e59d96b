"""Below a work group: its meetings, and what came of them. And across groups: decisions, actions."""

from __future__ import annotations

from workgroups.meetings.urls import meetings, outcomes

app_name = "meetings"
urlpatterns: list = [*meetings.urlpatterns, *outcomes.urlpatterns]
