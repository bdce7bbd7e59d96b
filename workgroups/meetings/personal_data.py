"""What the meetings of work groups hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.personal_data import declare, leave_out

declare(
    "attendance",
    _("Meetings that you attended"),
    "meetings.Attendance",
    "person",
    leave_out=("delegate_for",),
)
declare("invitation_answers", _("Your answers to invitations"), "meetings.InvitationAnswer", "person")
declare("proposals", _("Items that you proposed"), "meetings.Proposal", "proposer", leave_out=("decided_by",))
declare("actions", _("Actions that you follow up"), "meetings.ActionItem", "follower")
declare("report_backs", _("What you reported back to your organization"), "meetings.ReportBack", "person")
declare("agenda_items", _("Agenda items that you present"), "meetings.AgendaItem", "presenter")
declare("corrections", _("Corrections that you added to outcomes"), "meetings.Correction", "by")

leave_out(
    "meetings.Attendance.delegate_for", _("That somebody attended in your place is about that somebody.")
)
leave_out("meetings.Proposal.decided_by", _("What became of a proposal belongs to the person who made it."))
leave_out(
    "meetings.MeetingDate.changed_by", _("The dates of meetings belong to their group; the history says who moved them.")
)  # fmt: skip
