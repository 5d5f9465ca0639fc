"""Every address of the site. Apps are named by strings: config imports none of them."""

from django.urls import include, path

urlpatterns = [
    path("", include("training.web.urls")),
    path("", include("training.outbox.urls")),
    path("", include("training.record.urls")),
    path("", include("training.people.urls")),
    path("", include("training.governance.urls")),
    path("", include("training.programme.urls")),
    path("", include("training.elearning.urls")),
    path("", include("training.catalogue.urls")),
    path("", include("bookings.urls")),  # before the public pages: it draws those of dates
    path("", include("training.catalogue.public_urls")),
    path("", include("providers.urls")),
    path("", include("evaluation.urls")),
    path("accounts/", include("training.people.accounts.urls")),
]

handler400 = "training.web.views.bad_request"
handler403 = "training.web.views.permission_denied"
handler404 = "training.web.views.page_not_found"
handler429 = "training.people.accounts.views.too_many_requests"  # asked for by the sign-in library
handler500 = "training.web.views.server_error"
