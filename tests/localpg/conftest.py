"""Clusters of their own in temporary folders."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iqn.localpg.places import SHARED_ROOT
from tests.localpg.processes import Cluster


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that the server's account can reach too, unlike pytest's own folders."""
    path = Path(tempfile.mkdtemp(prefix="iqn-pg-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


@pytest.fixture
def clusters(folder: Path) -> Iterator[Callable[[Path], Cluster]]:
    made: list[Cluster] = []

    def make(state: Path) -> Cluster:
        made.append(Cluster(state))
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()
        if cluster.place.home.parent == SHARED_ROOT:
            shutil.rmtree(cluster.place.home, ignore_errors=True)
        if cluster.place.sockets.parent == Path("/tmp"):
            shutil.rmtree(cluster.place.sockets, ignore_errors=True)


@pytest.fixture
def cluster(clusters: Callable[[Path], Cluster], folder: Path) -> Cluster:
    return clusters(folder / "state")
