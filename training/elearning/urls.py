"""Included at the root. The front page of e-learning shows enrolments, which are bookings: it is drawn there."""

from django.urls import path

from training.elearning.views import claims, completions

app_name = "elearning"
urlpatterns = [
    path("elearning/elsewhere/", claims.elsewhere, name="elsewhere"),
    path("elearning/claims/", claims.claims, name="claims"),
    path("elearning/claims/<str:reference>/", claims.claim, name="claim"),
    path("elearning/claims/<str:reference>/proof/", claims.claim_proof, name="claim-proof"),
    path("elearning/completions/", completions.completions, name="completions"),
    path("elearning/completions/<str:reference>/", completions.completion, name="completion"),
]
