from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "luoshi_web.mail"
    label = "mail"
    verbose_name = "邮件"
