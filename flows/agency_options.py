"""What the options of `phuluc agencies` may be."""

from enum import StrEnum


class Level(StrEnum):
    """Level of an agency."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Kind(StrEnum):
    """Kind of an agency."""

    AGENCY = "agency"
    FRONT = "front"
    COLLECTIVE = "collective"
    UNIT = "unit"
    PERSON = "person"
