"""Serve the site with waitress, the production server that runs on Linux, macOS and Windows alike."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

import django
from waitress.server import create_server


def serve(host: str = "127.0.0.1", port: int = 8000, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve until the process is told to stop.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 lets the system choose one.
        ready: Called with the address of the site when it listens.

    Raises:
        OSError: The port is taken or may not be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi_web.settings")
    django.setup()
    from django.core.management import call_command

    from luoshi_web.background import begin_in_process
    from luoshi_web.environment import env_int, env_text
    from luoshi_web.wsgi import application

    # Sessions that ended by themselves would pile up otherwise.
    call_command("clearsessions")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    options: dict[str, object] = {
        "host": host,
        "port": port,
        "threads": env_int("LUOSHI_THREADS", least=2),
        "ident": "luoshi",
        "channel_timeout": 120,
    }
    if proxy := env_text("LUOSHI_TRUSTED_PROXY"):
        options |= {
            "trusted_proxy": proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            "clear_untrusted_proxy_headers": True,
        }
    server = create_server(application, **options)
    begin_in_process()
    if ready is not None:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{_port_of(server)}/")
    try:
        server.run()
    finally:
        server.close()


def _port_of(server: object) -> int:
    # A name such as localhost may stand for several addresses; waitress then makes a server of servers.
    listening = getattr(server, "effective_listen", None)
    return int(listening[0][1] if listening else server.effective_port)  # type: ignore[attr-defined]
