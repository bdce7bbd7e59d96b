"""To be written."""

from django.http import HttpResponse
from django.views import View


def person_write(request, **kwargs):
    return HttpResponse("")
