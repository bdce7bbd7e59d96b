"""To be written."""

from django.http import HttpResponse


def queue(request, **kwargs):
    return HttpResponse("")
