"""To be written."""

from django.http import HttpResponse
from django.views import View


def initiative_edit(request, **kwargs):
    return HttpResponse("")


def initiative_withdraw(request, **kwargs):
    return HttpResponse("")


def initiative_create(request, **kwargs):
    return HttpResponse("")


def initiative_preview(request, **kwargs):
    return HttpResponse("")


def draft_edit(request, **kwargs):
    return HttpResponse("")
