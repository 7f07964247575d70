from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "luoshi_web.plans"
    label = "plans"
