"""To be written."""

from django.http import HttpResponse
from django.views import View


class OrganizationList(View):
    def get(self, request, **kwargs):
        return HttpResponse("")


class OrganizationDetail(View):
    def get(self, request, **kwargs):
        return HttpResponse("")
