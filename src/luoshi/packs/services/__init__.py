"""One-window services (一网通办、一窗通办、一事联办): the catalogue of items with channels, and the cases that go through a window."""

from luoshi.packs.services.figures import COMPUTES
from luoshi.register.pack import load

PACK = load(__name__, COMPUTES)
