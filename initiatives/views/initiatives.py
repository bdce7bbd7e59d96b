"""To be written."""

from django.http import HttpResponse
from django.views import View


class InitiativeList(View):
    def get(self, request, **kwargs):
        return HttpResponse("")


class InitiativeDetail(View):
    def get(self, request, **kwargs):
        return HttpResponse("")


def initiative_history(request, **kwargs):
    return HttpResponse("")


def initiative_mine(request, **kwargs):
    return HttpResponse("")
