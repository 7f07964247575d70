"""Project libraries (项目库): reserve, construction, effective; starts, completions, investment by month."""

from luoshi.packs.projects.figures import COMPUTES
from luoshi.register.pack import load

PACK = load(__name__, COMPUTES)
