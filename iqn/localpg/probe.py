"""Asks a server whether it takes connections, as pg_isready does but without a program of its own."""

from __future__ import annotations

import enum
import socket
import struct
from pathlib import Path

from iqn.localpg import SUPERUSER
from iqn.localpg.places import SOCKET_NAME

PROTOCOL = 3 << 16
CANNOT_CONNECT_NOW = b"C57P03\0"  # starting, recovering or stopping
REPLY_PATIENCE = 3.0


class Answer(enum.Enum):
    ACCEPTING = "accepting connections"
    BUSY = "there, but starting, stopping or silent"
    NOBODY = "not there"


def ask(sockets: Path) -> Answer:
    words = b"".join(part + b"\0" for part in (b"user", SUPERUSER.encode(), b"database", b"postgres", b""))
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(REPLY_PATIENCE)
            line.connect(str(sockets / SOCKET_NAME))
            line.sendall(struct.pack("!ii", len(words) + 8, PROTOCOL) + words)
            reply = line.recv(1024)
    except (FileNotFoundError, ConnectionRefusedError):
        return Answer.NOBODY
    except OSError:  # hung, or dying while we asked
        return Answer.BUSY
    if reply[:1] == b"R":
        return Answer.ACCEPTING
    # Any other complaint ("too many connections") comes from a server that is up: let the client hear it
    up = reply[:1] == b"E" and CANNOT_CONNECT_NOW not in reply
    return Answer.ACCEPTING if up else Answer.BUSY
