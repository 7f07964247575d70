from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "luoshi_web.board"
    label = "board"
    verbose_name = "总览"
