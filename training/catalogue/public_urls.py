"""The public catalogue, included at the root of the site."""

from django.urls import path

from training.catalogue.finding import views
from training.catalogue.views import printing

app_name = "catalogue"
urlpatterns = [
    path("courses/", views.course_list, name="course-list"),
    path("courses/programme.pdf", printing.programme_print, name="programme-print"),
    path("courses/<str:code>/<str:form>.pdf", printing.course_print, name="course-print"),
    path("courses/<str:code>/", views.course, name="course"),
    path("events/<str:reference>/<str:form>.pdf", printing.event_print, name="event-print"),
    path("events/<str:reference>/", views.event, name="event"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
