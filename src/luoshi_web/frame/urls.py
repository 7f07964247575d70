from django.urls import path

from luoshi_web.frame import views

app_name = "frame"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("language/", views.language, name="language"),
    path("settings/", views.settings_page, name="settings"),
]
