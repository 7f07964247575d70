from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "luoshi_web.registers"
    label = "registers"
    verbose_name = "登记"
