from django.urls import path

from luoshi_web.reconciliation import views

_IN = "plans/<int:plan_year_id>/reconciliation/"

app_name = "reconciliation"
urlpatterns = [
    path(_IN, views.reconciliation, name="reconciliation"),
    path(f"{_IN}table.<str:form>", views.table, name="table"),
    path(f"{_IN}acts/<str:what>/", views.act, name="act"),
]
