"""To be written."""

from django.http import HttpResponse
from django.views import View


def comment_detail(request, **kwargs):
    return HttpResponse("")


def comment_reply(request, **kwargs):
    return HttpResponse("")


def comment_edit(request, **kwargs):
    return HttpResponse("")


def comment_remove(request, **kwargs):
    return HttpResponse("")


def comment_hide(request, **kwargs):
    return HttpResponse("")


def comment_create(request, **kwargs):
    return HttpResponse("")
