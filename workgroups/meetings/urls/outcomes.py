"""What came of meetings: records, outcomes, decisions, actions, report-backs."""

from __future__ import annotations

from django.urls import include, path
from django.utils.translation import pgettext_lazy

from workgroups.meetings.views import action_items, attendance, decisions, outcomes, records, report_backs

# /work-groups/nursing/meetings/NUR-2026-Q1/
meeting = [
    path(pgettext_lazy("address", "record/"), records.outcome_record, name="outcome-record"),
    path(pgettext_lazy("address", "record/sheet/"), records.outcome_sheet, name="outcome-sheet"),
    path(pgettext_lazy("address", "outcomes/"), outcomes.outcome_detail, name="outcome-detail"),
    path(
        pgettext_lazy("address", "outcomes/circulate/"), outcomes.outcome_circulate, name="outcome-circulate"
    ),
    path(pgettext_lazy("address", "outcomes/approve/"), outcomes.outcome_approve, name="outcome-approve"),
    path(pgettext_lazy("address", "outcomes/correct/"), outcomes.correction_create, name="correction-create"),
    path(
        pgettext_lazy("address", "outcomes/i-was-there/"), outcomes.attendance_claim, name="attendance-claim"
    ),
]
# /work-groups/nursing/actions/NUR-2026-A05/
action = [
    path("", action_items.action_detail, name="action-detail"),
    path(pgettext_lazy("address", "done/"), action_items.action_finish, name="action-finish"),
    path(pgettext_lazy("address", "postpone/"), action_items.action_postpone, name="action-postpone"),
]

urlpatterns: list = [
    # Across groups; before anything that begins with the short name of a group
    path(pgettext_lazy("address", "decisions/"), decisions.DecisionList.as_view(), name="decision-list-all"),
    path(pgettext_lazy("address", "actions/"), action_items.ActionList.as_view(), name="action-list-all"),
    path(pgettext_lazy("address", "actions/mine/"), action_items.action_mine, name="action-mine"),
    path(
        pgettext_lazy("address", "actions/answer/<str:token>/"), action_items.action_answer, name="action-answer"
    ),
    path(
        pgettext_lazy("address", "report-back/<str:token>/"), report_backs.report_back_answer,
        name="report-back-answer",
    ),
    # Of one group
    path(
        pgettext_lazy("address", "<slug:slug>/decisions/"), decisions.GroupDecisionList.as_view(),
        name="decision-list",
    ),
    path(pgettext_lazy("address", "<slug:slug>/decisions/new/"), decisions.decision_create, name="decision-create"),
    path(
        pgettext_lazy("address", "<slug:slug>/decisions/<str:identifier>/"), decisions.decision_detail,
        name="decision-detail",
    ),
    path(
        pgettext_lazy("address", "<slug:slug>/actions/"), action_items.GroupActionList.as_view(),
        name="action-list",
    ),
    path(pgettext_lazy("address", "<slug:slug>/actions/<str:identifier>/"), include(action)),
    path(pgettext_lazy("address", "<slug:slug>/attendance/"), attendance.attendance_list, name="attendance-list"),
    path(pgettext_lazy("address", "<slug:slug>/meetings/<str:identifier>/"), include(meeting)),
]  # fmt: skip
