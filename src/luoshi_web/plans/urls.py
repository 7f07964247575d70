from django.urls import path, register_converter

from luoshi_web.plans import views
from luoshi_web.plans.edition import EditionConverter

register_converter(EditionConverter, "edition")

_IN = "plans/<int:plan_year_id>/<edition:edition>/"

app_name = "plans"
urlpatterns = [
    path("", views.home.home, name="home"),
    path("imports/new/", views.imports.new, name="new_import"),
    path("imports/<int:import_id>/", views.imports.show, name="import"),
    path("imports/<int:import_id>/answer/", views.imports.answer, name="answer_import"),
    path("imports/plan-file/", views.documents.take_in, name="import_document"),
    path("views/save/", views.saved_views.save, name="save_view"),
    path("views/<int:view_id>/delete/", views.saved_views.delete, name="delete_view"),
    path("plans/<int:plan_year_id>/", views.home.open_newest, name="open"),
    path("plans/<int:plan_year_id>/doubts/", views.home.doubts, name="doubts"),
    path(f"{_IN}overview/", views.overview.show, name="overview"),
    path(f"{_IN}print.css", views.print_style.show, name="print_style"),
    path(f"{_IN}calendar/", views.calendar.show, name="calendar"),
    path(f"{_IN}report/", views.report.show, name="report"),
    path(f"{_IN}search/", views.search.show, name="search"),
    path(f"{_IN}mechanisms/", views.mechanisms.show, name="mechanisms"),
    path(f"{_IN}commitments/", views.lists.show, {"screen": "commitments"}, name="commitments"),
    path(f"{_IN}targets/", views.lists.show, {"screen": "targets"}, name="targets"),
    path(f"{_IN}projects/", views.lists.show, {"screen": "projects"}, name="projects"),
    path(f"{_IN}terms/", views.lists.show, {"screen": "terms"}, name="terms"),
    path(f"{_IN}claims/", views.lists.show, {"screen": "claims"}, name="claims"),
    path(f"{_IN}export/<str:screen>.<str:form>", views.lists.export, name="export"),
    path(f"{_IN}versions/", views.versions.show, name="versions"),
    path(f"{_IN}versions/compare/", views.versions.compare, name="compare"),
    path(f"{_IN}plan.<str:form>", views.versions.download, name="download"),
    path(f"{_IN}tasks.<str:form>", views.versions.breakdown, name="breakdown"),
    path(f"{_IN}items/<str:item_id>/", views.items.show, name="item"),
]
