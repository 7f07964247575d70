from django.urls import path

from luoshi_web.board import views

_IN = "plans/<int:plan_year_id>/delivery/"

app_name = "board"
urlpatterns = [
    path(f"{_IN}", views.leader.show, name="leader"),
    path(f"{_IN}lights/", views.lights.show, name="lights"),
    path(f"{_IN}lights.<str:form>", views.lights.export, name="export"),
    path(f"{_IN}months/", views.months.show, name="months"),
    path(f"{_IN}units/", views.unit.every, name="units"),
    path(f"{_IN}unit/", views.unit.show, name="unit"),
    path(f"{_IN}wall/", views.wall.show, name="wall"),
]
