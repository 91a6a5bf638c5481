"""What interpreting a plan needs to know, loaded beforehand."""

from pipeline.agencies import IssuerContext, load_registry, match_cell
from pipeline.timeframes import parse_timeframe


def load_knowledge() -> None:
    """Load registry, places and patterns, which are kept from then on.

    Raises RegistryError where the office's own list cannot be read.
    """
    nobody = IssuerContext(level="district", unit=None, province=None, issued=None)
    match_cell("UBND xã", nobody, load_registry())
    parse_timeframe("Quý I/2024", None)
