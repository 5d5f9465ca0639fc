"""Run by a test in a process of its own, with a session that was there before Redis went: book a place by the page.

Arguments: the session's key, the address of the form, the reference of the organisation.
"""

import json
import sys
import time

import django

django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

import training.outbox.tasks  # noqa: E402, F401 - a web server that has been up for a while has it

setup_test_environment()
session, address, work = sys.argv[1:]
client = Client()
client.cookies["sessionid"] = session
client.get(address)  # a warm page: templates compiled
began = time.monotonic()
typed = {"work": work, "has_no_manager": "on", "submission": "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11"}
booked = client.post(address, typed)
seconds = time.monotonic() - began
mine = client.get("/my/")
sys.stdout.write("\n" + json.dumps([booked.status_code, booked["Location"], mine.status_code, seconds]) + "\n")
