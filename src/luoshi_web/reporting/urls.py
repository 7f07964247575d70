from django.urls import path

from luoshi_web.reporting import views

_IN = "plans/<int:plan_year_id>/delivery/"

app_name = "reporting"
urlpatterns = [
    path(f"{_IN}work/", views.work.show, name="work"),
    path(f"{_IN}commitments/<str:lineage>/", views.commitment.show, name="commitment"),
    path(f"{_IN}commitments/<str:lineage>/handling/", views.handling.edit, name="handling"),
    path(f"{_IN}commitments/<str:lineage>/reports/<str:period>/", views.report.edit, name="report"),
    path(f"{_IN}handling.<str:form>", views.handling.document, name="handling_document"),
    path(f"{_IN}files/<int:file_id>/", views.evidence.download, name="evidence"),
    path(f"{_IN}ledger/", views.ledger.show, name="ledger"),
    path(f"{_IN}reports.xlsx", views.bulk.download, name="bulk_sheet"),
    path(f"{_IN}reports/", views.bulk.upload, name="bulk"),
    path(f"{_IN}acts/<str:what>/", views.acts.act, name="act"),
]
