from django.urls import path

from luoshi_web.cases import views

_IN = "plans/<int:plan_year_id>/cases/"
_OF = f"{_IN}<str:procedure>/"

app_name = "cases"
urlpatterns = [
    path(_IN, views.desk, name="desk"),
    path(f"{_IN}procedures/", views.procedures, name="procedures"),
    path(f"{_IN}coverage/", views.coverage, name="coverage"),
    path(f"{_IN}coverage/export/", views.coverage_sheet, name="coverage_sheet"),
    path(f"{_IN}procedures/adopt/", views.adopt, name="adopt"),
    path(f"{_IN}procedures/draft/", views.draft_from_report, name="draft_from_report"),
    path(f"{_IN}procedures/drawing/", views.upload_drawing, name="upload_drawing"),
    path(f"{_IN}procedures/<str:procedure>/", views.procedure, name="procedure"),
    path(f"{_IN}procedures/<str:procedure>/publish/", views.publish, name="publish"),
    path(f"{_IN}procedures/<str:procedure>/drawing.bpmn", views.drawing, name="drawing"),
    path(_OF, views.cases, name="cases"),
    path(f"{_OF}board/", views.board, name="board"),
    path(f"{_OF}places/", views.places, name="places"),
    path(f"{_OF}days/", views.days, name="days"),
    path(f"{_OF}new/", views.new_case, name="new_case"),
    path(f"{_OF}import/", views.take_in, name="import"),
    path(f"{_OF}together/", views.together, name="together"),
    path(f"{_OF}export/<str:form>/", views.export, name="export"),
    path(f"{_OF}<str:case>/", views.case, name="case"),
    path(f"{_OF}<str:case>/contact/", views.contact, name="contact"),
    path(f"{_OF}<str:case>/follow/<str:key>/", views.follow, name="follow"),
    path(f"{_OF}<str:case>/<str:act>/", views.act, name="act"),
]
