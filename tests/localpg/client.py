"""A process that uses the embedded server: runs each line of its input as SQL, answers each with a line of JSON.

A line may also be ``!fork``: answer the number of a forked child that does nothing until it is killed.
"""

import json
import os
import sys
import time

import django
from django.conf import settings
from django.db import DatabaseError, connection


def answer(line: str) -> dict:
    if line == "!fork":
        child = os.fork()
        if child == 0:
            time.sleep(600)
            os._exit(0)
        return {"rows": [[child]]}
    with connection.cursor() as cursor:
        cursor.execute(line)
        return {"rows": cursor.fetchall() if cursor.description else []}


def main(state: str, durable: str) -> None:
    database = {"ENGINE": "iqn.localpg", "NAME": "iqn", "USER": "iqn", "STATE_DIR": state}
    settings.configure(DATABASES={"default": {**database, "DURABLE": durable == "durable"}}, USE_TZ=True)
    django.setup()
    for line in sys.stdin:
        try:
            said = answer(line.strip())
        except DatabaseError as problem:
            connection.close()
            said = {"lost": str(problem)}
        except Exception as problem:
            said = {"refused": str(problem)}
        print(json.dumps(said, default=str), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
