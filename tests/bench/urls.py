from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from iqn.urls import urlpatterns as portal


@login_not_required
def hello(request):
    return HttpResponse("hello")


handler404 = "iqn.portal.views.errors.not_found"
urlpatterns = [path("hello/", hello, name="hello"), *portal]
