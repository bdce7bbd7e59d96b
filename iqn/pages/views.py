"""To be written."""

from django.http import HttpResponse


def about(request):
    return HttpResponse("")


guidelines = glossary = about


def page(request, slug):
    return HttpResponse("")
