from django.contrib import admin

from initiatives.models import ReturnReason
from iqn.administration.site import RulesModelAdmin


@admin.register(ReturnReason)
class ReturnReasonAdmin(RulesModelAdmin):
    list_display = ("key", "clause", "title_en", "title_fr", "is_retired")
    list_filter = ("is_retired",)
    fields = ("key", "clause", ("title_en", "title_fr"), ("text_en", "text_fr"), "order", "is_retired")

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()
