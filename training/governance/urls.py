"""Meetings with their papers and minutes; reviews with their recommendations."""

from django.urls import path

from training.governance.views import meetings, minutes, reviews

app_name = "governance"
urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/add/", meetings.meeting_add, name="meeting-add"),
    path("meetings/actions/<str:reference>/", minutes.action_close, name="action-close"),
    path("meetings/<str:reference>/", meetings.meeting, name="meeting"),
    path("meetings/<str:reference>/paper.pdf", meetings.meeting_paper, name="meeting-paper"),
    path("meetings/<str:reference>/agenda/", minutes.meeting_agenda, name="meeting-agenda"),
    path("meetings/<str:reference>/agenda/<str:item>/take-off/", minutes.agenda_take_off, name="agenda-take-off"),
    path("meetings/<str:reference>/decision/", minutes.meeting_decision, name="meeting-decision"),
    path("meetings/<str:reference>/action/", minutes.meeting_action, name="meeting-action"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/add/", reviews.review_add, name="review-add"),
    path("reviews/recommendations/<str:reference>/", reviews.recommendation_close, name="recommendation-close"),
]
