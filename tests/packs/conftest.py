"""Cases made by hand for the packs: what was known when, in a ledger in memory."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
