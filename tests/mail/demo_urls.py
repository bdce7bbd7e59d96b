"""The portal's addresses as the demonstration has them."""

from django.urls import include, path

from iqn.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [path("mailbox/", include("iqn.mail.urls")), *urlpatterns]
