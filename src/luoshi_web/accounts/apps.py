from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "luoshi_web.accounts"
    label = "accounts"
