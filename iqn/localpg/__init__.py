"""A real PostgreSQL server for a checkout without DATABASE_URL. Standard library only, POSIX.

``ENGINE = "iqn.localpg"`` is Django's own PostgreSQL backend (``base``). Before it opens a connection it
makes sure that the server of its ``STATE_DIR`` is up (``cluster``), so importing settings starts nothing.

Who may start and stop the server is settled by file locks, which the kernel drops however a process dies:

``lock``        held for a moment by whoever starts, joins or stops the server
``lease``       shared by every client process for as long as it lives
``supervisor``  held by the one process that runs the server (``supervisor``)

The supervisor stops the server once nobody has shared ``lease`` for a few seconds, and restarts it if it dies
while somebody does. A killed supervisor is replaced at the next connection; the new one adopts the server.
"""

SUPERUSER = "iqn"
DATABASE = "iqn"


class ClusterError(RuntimeError):
    """Says in a sentence why there is no server, and what to do."""
