"""Investment promotion (招商引资): leads through their steps, agreements by band, money in place by month."""

from luoshi.packs.investment.figures import COMPUTES
from luoshi.register.pack import load

PACK = load(__name__, COMPUTES)
