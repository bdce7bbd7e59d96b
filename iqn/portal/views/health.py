"""For balancers and monitors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from iqn.portal.health import examine


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while database, migrations and worker are well, 503 otherwise."""
    found = examine()
    return JsonResponse(found.as_dict(), status=200 if found.is_well else 503)
