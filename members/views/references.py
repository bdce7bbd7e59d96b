"""To be written."""

from django.http import HttpResponse
from django.views import View


def reference_confirm(request, **kwargs):
    return HttpResponse("")
