"""To be written."""

from django.http import HttpResponse
from django.views import View


def account(request, **kwargs):
    return HttpResponse("")


def profile_edit(request, **kwargs):
    return HttpResponse("")


def affiliation_change(request, **kwargs):
    return HttpResponse("")


def leave(request, **kwargs):
    return HttpResponse("")


def data_download(request, **kwargs):
    return HttpResponse("")
