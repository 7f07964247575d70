from django.urls import path

from luoshi_web.mail import views

app_name = "mail"
urlpatterns = [
    path("mail/", views.own, name="own"),
    path("plans/<int:plan_year_id>/mail/", views.messages_page, name="messages"),
    path("plans/<int:plan_year_id>/mail/<int:message>/again/", views.again, name="again"),
]
