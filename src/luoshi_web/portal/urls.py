from django.urls import path

from luoshi_web.portal import counter, views

app_name = "portal"
urlpatterns = [
    path("public/", views.years, name="years"),
    path("public/<int:plan_year_id>/", views.released, name="released"),
    path("public/<int:plan_year_id>/released.<str:form>", views.export, name="export"),
    path("public/<int:plan_year_id>/services/", counter.counter, name="counter"),
    path("public/<int:plan_year_id>/services/track/", counter.track, name="track"),
    path("public/<int:plan_year_id>/services/<str:procedure>/apply/", counter.apply, name="apply"),
    path("public/<int:plan_year_id>/reconciliation/", views.reconciled, name="reconciled"),
    path("public/<int:plan_year_id>/<str:lineage>/", views.commitment, name="commitment"),
    path("public/<int:plan_year_id>/<str:lineage>/files/<str:digest>/", views.file, name="file"),
]
