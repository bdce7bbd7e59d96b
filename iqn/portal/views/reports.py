"""To be written."""

from django.http import HttpResponse


def csp_report(request, **kwargs):
    return HttpResponse("")
