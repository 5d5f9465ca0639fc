"""Reviews and what became of their recommendations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.governance.actions.reviews import close_recommendation, record_review
from training.governance.forms.reviews import CloseRecommendationForm, ReviewForm
from training.governance.models import Recommendation, Review
from training.governance.views.rows import recommendation_or_404, saved
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.pages import paginate


@requires(Permission.SEE_PROGRAMME)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    rows = Review.objects.prefetch_related("recommendations__owner", "recommendations__decision__meeting__body")
    context = {
        "page": paginate(request, rows.order_by("-published_on", "title"), per_page=10),
        "open_count": Recommendation.objects.open().count(),
        "overdue_count": Recommendation.objects.overdue(timezone.localdate()).count(),
        "keeps": user_of(request).may(Permission.KEEP_MINUTES),
        "today": timezone.localdate(),
    }
    return render(request, "governance/reviews.html", context)


@requires(Permission.KEEP_MINUTES)
@require_http_methods(["GET", "POST"])
def review_add(request: HttpRequest) -> HttpResponse:
    form, by = ReviewForm(request.POST or None), user_of(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: record_review(by=by, **data), f"{data['title']}: written down."):
            return redirect("governance:reviews")
    return render(request, "governance/review_add.html", {"form": form})


@requires(Permission.KEEP_MINUTES)
@require_http_methods(["GET", "POST"])
def recommendation_close(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = recommendation_or_404(reference), user_of(request), timezone.now()
    form = CloseRecommendationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = saved(
            request, form, lambda: close_recommendation(recommendation=shown, by=by, now=now, **data), "Closed."
        )
        if done:
            return redirect("governance:reviews")
    return render(request, "governance/recommendation_close.html", {"form": form, "recommendation": shown})
