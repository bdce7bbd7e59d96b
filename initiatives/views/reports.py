"""To be written."""

from django.http import HttpResponse
from django.views import View


def comment_report(request, **kwargs):
    return HttpResponse("")


def initiative_report(request, **kwargs):
    return HttpResponse("")
