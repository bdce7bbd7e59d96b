from iqn.tracking import track
from workgroups.meetings import models

for model in (
    models.ActionItem, models.AgendaItem, models.Attendance, models.Correction, models.Decision,
    models.InvitationAnswer, models.Meeting, models.MeetingDate, models.Proposal, models.ReportBack,
):  # fmt: skip
    track(model)
