from django.db import models


class Submission(models.Model):
    """One form that was sent and did something; `location` is where its sender was led."""

    token = models.UUIDField()
    sender = models.CharField(max_length=64)  # "user:12" or a hash of the session key
    path = models.CharField(max_length=500)
    location = models.CharField(max_length=2000, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "token"], name="submissions_submission_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.token}"
