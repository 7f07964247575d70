from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "luoshi_web.reconciliation"
    label = "reconciliation"
    verbose_name = "兑现核对"
