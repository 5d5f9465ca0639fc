"""The public catalogue, included at the root of the site."""

from django.urls import path

from training.catalogue.finding import views

app_name = "catalogue"
urlpatterns = [
    path("courses/", views.course_list, name="course-list"),
    path("courses/<str:code>/", views.course, name="course"),
    path("events/<str:reference>/", views.event, name="event"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
