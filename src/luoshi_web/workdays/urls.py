from django.urls import path

from luoshi_web.workdays import views

app_name = "workdays"
urlpatterns = [
    path("workdays/", views.workdays, name="workdays"),
    path("workdays/<int:notice>/withdraw/", views.withdraw, name="withdraw"),
]
