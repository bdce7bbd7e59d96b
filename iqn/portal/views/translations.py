"""To be written."""

from django.http import HttpResponse


def translation_next(request, **kwargs):
    return HttpResponse("")


def translation_edit(request, **kwargs):
    return HttpResponse("")
