"""Start the real server on the demonstration's data and print one table. `python -m bench`, or `make bench`."""

import os
import sys
import tempfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.config.settings")
# As in production, but for the password that everybody knows and the mail that goes into a folder.
os.environ |= {
    "MUSTER_DEMO": "1",
    "MUSTER_LOG_LEVEL": "WARNING",
    "MUSTER_STATIC_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage",
    "EMAIL_URL": f"filemail:///{tempfile.gettempdir()}/muster-bench-mail",
}


def main() -> int:
    from bench import server

    server.prepare()
    django.setup()
    from bench.booking import print_bookings
    from bench.catalogue import print_catalogue
    from bench.disruption import print_disruption
    from bench.pages import print_pages

    with server.running() as (port, pids):
        print_pages(port)
        print_bookings(port)
        print_disruption()
        print_catalogue(port)
        print(f"\nA web process's own memory after all that: {server.memory_mib(pids):.0f} MiB (aim: under 120)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
