from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "luoshi_web.cases"
    label = "cases"
    verbose_name = "办件"
