"""What work groups hold about a person."""

from django.utils.translation import gettext_lazy as _

from members.personal_data import declare, leave_out

declare("seats", _("Your seats in work groups"), "groups.Term", "person")
declare(
    "roster_invitations", _("Invitations to join your place in a work group to an account"), "groups.RosterInvitation",
    "person", leave_out=("invited_by",),
)  # fmt: skip
leave_out(
    "groups.RosterInvitation.invited_by", _("Invitations that you sent to others belong to those others.")
)
declare("documents", _("Documents that you added to work groups"), "groups.Document", "added_by")
declare("announcements", _("What you wrote to the rosters of work groups"), "groups.Announcement", "sent_by")
