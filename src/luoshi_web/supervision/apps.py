from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "luoshi_web.supervision"
    label = "supervision"
    verbose_name = "督查"
