"""The web server's way in: `gunicorn training.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "training.config.settings")
application = get_wsgi_application()
