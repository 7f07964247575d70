from django.urls import path

from luoshi_web.ledger import views

app_name = "ledger"
urlpatterns = [path("erasure/", views.erasure, name="erasure")]
