"""The site's settings for tests: a data folder of their own, a quick hash, imports inside the request."""

import atexit
import os
import shutil
import tempfile

for _name in [name for name in os.environ if name.startswith("LUOSHI_") and name != "LUOSHI_REQUIRE_ALL"]:
    del os.environ[_name]
os.environ["LUOSHI_DATA_DIR"] = tempfile.mkdtemp(prefix="luoshi-tests-")
os.environ["LUOSHI_DEMO"] = "true"
os.environ["LUOSHI_LOG_LEVEL"] = "ERROR"
atexit.register(shutil.rmtree, os.environ["LUOSHI_DATA_DIR"], ignore_errors=True)

from luoshi_web.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
IMPORTS_IN_BACKGROUND = False

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as on a real site: threads of the server and of imports each have a connection of their own.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["LUOSHI_DATA_DIR"], "test.sqlite3")}  # noqa: F405
