"""The coordinator's desk (courses, venues, dates) and the trainer's own page. The public pages: `public_urls.py`."""

from django.urls import path

from training.catalogue.views import (
    care,
    closed,
    courses,
    date_actions,
    date_copies,
    date_forms,
    dates,
    desk,
    first,
    materials,
    orders,
    synonyms,
    teaching,
    venues,
)

app_name = "desk"
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/courses/", courses.courses, name="courses"),
    path("desk/courses/add/", courses.course_add, name="course-add"),
    path("desk/courses/<str:code>/", courses.course, name="course"),
    path("desk/courses/<str:code>/change/", courses.course_change, name="course-change"),
    path("desk/courses/<str:code>/publish/", courses.course_publish, name="course-publish"),
    path("desk/courses/<str:code>/first/", first.course_first, name="course-first"),
    path(
        "desk/courses/<str:code>/first/<str:reference>/remove/", first.course_first_remove, name="course-first-remove"
    ),
    path("desk/courses/<str:code>/materials/", materials.course_materials, name="course-materials"),
    path(
        "desk/courses/<str:code>/materials/confirm/<str:person>/",
        materials.course_materials_confirm,
        name="course-materials-confirm",
    ),
    path("desk/courses/<str:code>/materials/<str:reference>/", materials.course_material, name="course-material"),
    path(
        "desk/courses/<str:code>/materials/<str:reference>/use/",
        materials.course_material_use,
        name="course-material-use",
    ),
    path(
        "desk/courses/<str:code>/materials/<str:reference>/audience/",
        materials.course_material_audience,
        name="course-material-audience",
    ),
    path("desk/courses/<str:code>/content/", care.course_care, name="course-care"),
    path("desk/guidance/", care.guidance, name="guidance"),
    path("desk/venues/", venues.venues, name="venues"),
    path("desk/venues/add/", venues.venue_add, name="venue-add"),
    path("desk/search-words/", synonyms.synonyms, name="synonyms"),
    path("desk/search-words/change/", synonyms.synonym_change, name="synonym-change"),
    path("desk/search-words/remove/", synonyms.synonym_remove, name="synonym-remove"),
    path("desk/dates/", dates.dates, name="dates"),
    path("desk/dates/add/", date_forms.date_add, name="date-add"),
    path("desk/dates/<str:reference>/", dates.date, name="date"),
    path("desk/dates/<str:reference>/copy/", date_copies.date_copy, name="date-copy"),
    path("desk/dates/<str:reference>/repeat/", date_copies.date_repeat, name="date-repeat"),
    path("desk/dates/<str:reference>/organisations/", closed.date_organisations, name="date-organisations"),
    path("desk/dates/<str:reference>/publish/", date_actions.date_publish, name="date-publish"),
    path("desk/dates/<str:reference>/unpublish/", date_actions.date_unpublish, name="date-unpublish"),
    path("desk/dates/<str:reference>/cancel/", date_actions.date_cancel, name="date-cancel"),
    path("desk/dates/<str:reference>/run/", desk.date_run, name="date-run"),
    path("desk/dates/<str:reference>/trainers/ask/", date_actions.trainer_ask, name="trainer-ask"),
    path(
        "desk/dates/<str:reference>/trainers/<str:person>/confirm/",
        date_actions.trainer_confirm,
        name="trainer-confirm",
    ),
    path(
        "desk/dates/<str:reference>/trainers/<str:person>/decline/",
        date_actions.trainer_decline,
        name="trainer-decline",
    ),
    path(
        "desk/dates/<str:reference>/trainers/<str:person>/withdraw/",
        date_actions.trainer_withdraw,
        name="trainer-withdraw",
    ),
    path("desk/dates/<str:reference>/orders/add/", orders.order_add, name="order-add"),
    path("desk/orders/", orders.orders, name="orders"),
    path("desk/orders/<str:reference>/", orders.order, name="order"),
    path("desk/orders/<str:reference>/change/", orders.order_change, name="order-change"),
    path("desk/orders/<str:reference>/<slug:verb>/", orders.order_step, name="order-step"),
    path("my/teaching/", teaching.my_teaching, name="my-teaching"),
    path("my/teaching/<str:reference>/confirm/", teaching.teaching_confirm, name="teaching-confirm"),
    path("my/teaching/<str:reference>/decline/", teaching.teaching_decline, name="teaching-decline"),
]
