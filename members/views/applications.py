"""To be written."""

from django.http import HttpResponse
from django.views import View


def application_status(request, **kwargs):
    return HttpResponse("")


def application_apply(request, **kwargs):
    return HttpResponse("")
