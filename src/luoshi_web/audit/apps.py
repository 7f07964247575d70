from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "luoshi_web.audit"
    label = "audit"
