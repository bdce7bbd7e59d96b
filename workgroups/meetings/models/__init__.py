from workgroups.meetings.models.action_item import ActionItem
from workgroups.meetings.models.agenda import AgendaItem, Proposal
from workgroups.meetings.models.attendance import Attendance, InvitationAnswer
from workgroups.meetings.models.decision import Decision
from workgroups.meetings.models.meeting import Meeting, MeetingDate
from workgroups.meetings.models.record import Correction
from workgroups.meetings.models.report_back import ReportBack

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Attendance",
    "Correction",
    "Decision",
    "InvitationAnswer",
    "Meeting",
    "MeetingDate",
    "Proposal",
    "ReportBack",
]
