from django.urls import path

from luoshi_web.briefs import views

_IN = "plans/<int:plan_year_id>/briefs/"

app_name = "briefs"
urlpatterns = [
    path(_IN, views.briefs, name="briefs"),
    path(f"{_IN}draft/", views.draft, name="draft"),
    path(f"{_IN}ledger.xlsx", views.ledger_sheet, name="ledger_sheet"),
    path(f"{_IN}<int:brief>/", views.brief, name="brief"),
    path(f"{_IN}<int:brief>/edit/", views.edit, name="edit"),
    path(f"{_IN}<int:brief>/step/<str:step>/", views.step, name="step"),
    path(f"{_IN}<int:brief>/document.<str:form>", views.file, name="file"),
]
