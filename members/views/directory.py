"""To be written."""

from django.http import HttpResponse
from django.views import View


class PersonList(View):
    def get(self, request, **kwargs):
        return HttpResponse("")


class PersonDetail(View):
    def get(self, request, **kwargs):
        return HttpResponse("")
