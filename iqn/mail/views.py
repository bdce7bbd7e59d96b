"""To be written."""

from django.http import HttpResponse


def mailbox(request):
    return HttpResponse("")


def mailbox_letter(request, name):
    return HttpResponse("")


mailbox_html = mailbox_letter
