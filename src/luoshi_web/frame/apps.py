from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "luoshi_web.frame"
    label = "frame"
