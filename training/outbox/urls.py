"""Included at the root of the site."""

from django.urls import path

from training.outbox import views

app_name = "outbox"
urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
]
