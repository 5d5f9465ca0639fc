"""Signing in and up: how django-allauth is dressed and tightened for Muster. `docs/adr` says why it is allauth."""
