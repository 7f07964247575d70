from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "luoshi_web.desk"
    label = "desk"
    verbose_name = "审定台"
