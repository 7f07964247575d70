from django.urls import path

from luoshi_web.supervision import views

_IN = "plans/<int:plan_year_id>/supervision/"

app_name = "supervision"
urlpatterns = [
    path(_IN, views.owed, name="owed"),
    path(f"{_IN}notices/", views.notices, name="notices"),
    path(f"{_IN}notices/<int:number>/", views.notice, name="notice"),
    path(f"{_IN}tasks/", views.tasks, name="tasks"),
    path(f"{_IN}tasks/<int:number>/", views.task, name="task"),
    path(f"{_IN}meetings/", views.meetings, name="meetings"),
    path(f"{_IN}meetings/<int:number>/", views.meeting, name="meeting"),
    path(f"{_IN}drills/", views.drills, name="drills"),
    path(f"{_IN}drills/<str:quarter>/<str:site>/", views.sheet, name="sheet"),
    path(f"{_IN}drills/<str:quarter>/<str:site>/photos/<str:digest>/", views.photo, name="photo"),
    path(f"{_IN}assessment/", views.assessment, name="assessment"),
    path(f"{_IN}assessment/<str:half>/score/", views.score, name="score"),
    path(f"{_IN}settlement/", views.settlement, name="settlement"),
    path(f"{_IN}settlement/statement.<str:form>", views.statement, name="statement"),
    path(f"{_IN}acts/<str:what>/", views.act, name="act"),
    path("calendar/<int:plan_year_id>/<str:secret>.ics", views.calendar, name="calendar"),
]
