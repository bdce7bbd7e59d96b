"""To be written."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.views import View

from initiatives.models import Initiative
from initiatives.views.comments import comment_context


class InitiativeList(View):
    def get(self, request, **kwargs):
        return HttpResponse("")


@method_decorator(login_not_required, name="dispatch")
class InitiativeDetail(View):
    def get(self, request, identifier):
        initiative = get_object_or_404(Initiative.objects.visible_to(request.user), number=identifier)
        title, language = initiative.text("title")
        context = {"initiative": initiative, "title": title, "title_language": language}
        return render(
            request, "initiatives/initiative_detail.html", context | comment_context(request, initiative)
        )


def initiative_history(request, **kwargs):
    return HttpResponse("")


def initiative_mine(request, **kwargs):
    return HttpResponse("")
