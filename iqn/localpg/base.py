"""Django's PostgreSQL backend, with a server brought up before each new connection."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from iqn.localpg import ClusterError, cluster
from iqn.localpg.binaries import tool


class DatabaseClient(PostgresClient):
    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.get_connection_params()
        super().runshell(parameters)

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict, parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        args, env = super().settings_to_cmd_args_env(settings_dict, parameters)
        return [tool("psql"), *args[1:]], env


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Called for every new connection, by Django, by its pool and by libraries that open their own: the one
        place where "there is a server" has to become true."""
        settings = self.settings_dict
        try:
            sockets = cluster.ensure(Path(settings["STATE_DIR"]), durable=settings.get("DURABLE", True))
        except ClusterError as exc:
            raise ImproperlyConfigured(str(exc)) from exc
        settings["HOST"], settings["PORT"] = str(sockets), "5432"
        return super().get_connection_params()
