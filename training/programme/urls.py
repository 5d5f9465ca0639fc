"""Programmes, needs, amendments; and the interest list of a course."""

from django.urls import path

from training.programme.views import amending, deciding, interest, needs, programmes

app_name = "programme"
urlpatterns = [
    path("programme/", programmes.programmes, name="programmes"),
    path("programme/add/", programmes.programme_add, name="programme-add"),
    path("programme/needs/", needs.needs, name="needs"),
    path("programme/needs/add/", needs.need_add, name="need-add"),
    path("programme/needs/<str:reference>/", needs.need, name="need"),
    path("programme/needs/<str:reference>/close/", needs.need_close, name="need-close"),
    path("programme/needs/<str:reference>/courses/<str:code>/remove/", needs.need_unanswer, name="need-unanswer"),
    path("programme/amendments/<str:reference>/", amending.amendment, name="amendment"),
    path("programme/amendments/<str:reference>/withdraw/", amending.amendment_withdraw, name="amendment-withdraw"),
    path("programme/<str:reference>/", programmes.programme, name="programme"),
    path("programme/<str:reference>/change/", programmes.programme_change, name="programme-change"),
    path("programme/<str:reference>/priorities/", programmes.programme_priorities, name="programme-priorities"),
    path("programme/<str:reference>/plan/", programmes.programme_plan, name="programme-plan"),
    path("programme/<str:reference>/plan/<str:code>/", programmes.programme_course, name="programme-course"),
    path("programme/<str:reference>/need/", programmes.programme_need, name="programme-need"),
    path("programme/<str:reference>/offer/", deciding.programme_offer, name="programme-offer"),
    path("programme/<str:reference>/take-back/", deciding.programme_take_back, name="programme-take-back"),
    path("programme/<str:reference>/recommend/", deciding.programme_recommend, name="programme-recommend"),
    path("programme/<str:reference>/agree/", deciding.programme_agree, name="programme-agree"),
    path("programme/<str:reference>/start/", deciding.programme_start, name="programme-start"),
    path("programme/<str:reference>/close/", deciding.programme_close, name="programme-close"),
    path("programme/<str:reference>/amend/", amending.programme_amend, name="programme-amend"),
    path("courses/<str:code>/interest/", interest.interest, name="interest"),
]
