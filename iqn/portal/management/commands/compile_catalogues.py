from django.core.management.base import BaseCommand

from iqn.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues that have changed."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        self.stdout.write(f"{compile_catalogues()} catalogues compiled.")
