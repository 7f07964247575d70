from django.urls import path

from luoshi_web.desk import views

_IN = "plans/<int:plan_year_id>/desk/"

app_name = "desk"
urlpatterns = [
    path(_IN, views.show, name="show"),
    path(f"{_IN}undo/", views.undo, name="undo"),
    path(f"{_IN}history/", views.history, name="history"),
    path(f"{_IN}units/", views.units, name="units"),
    path(f"{_IN}publish/", views.publish, name="publish"),
    path(f"{_IN}new/<str:kind>/", views.new, name="new"),
    path(f"{_IN}items/<str:item_id>/form/", views.form, name="form"),
    path(f"{_IN}decide/<str:act>/", views.decide, name="decide"),
]
