from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "luoshi_web.briefs"
    label = "briefs"
    verbose_name = "通报专报"
