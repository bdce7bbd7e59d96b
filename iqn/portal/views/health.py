"""To be written."""

from django.http import HttpResponse


def health(request, **kwargs):
    return HttpResponse("")
