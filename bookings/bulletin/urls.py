"""The bulletin and what people want to be written to about: included by `urls.py`, in the same namespace."""

from django.urls import path

from bookings.bulletin import views

urlpatterns = [
    path("my/mails/", views.my_mails, name="my-mails"),
    path("mails/<str:token>/", views.mail_choice, name="mail-choice"),
    path("bookings/bulletin/", views.bulletins, name="bulletins"),
    path("bookings/bulletin/<str:reference>/", views.bulletin, name="bulletin"),
    path("bookings/bulletin/<str:reference>/release/", views.bulletin_release, name="bulletin-release"),
]
