"""Cells into agencies: which bodies a cell names, by a registry of them."""

from pipeline.agencies.match.cell import match_cell
from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.roles import RoleMatches, match_roles
from pipeline.agencies.registry.errors import RegistryError
from pipeline.agencies.registry.office import Office, OfficeFiles, shipped_office
from pipeline.agencies.registry.registry import Registry

__all__ = [
    "IssuerContext",
    "Office",
    "OfficeFiles",
    "Registry",
    "RegistryError",
    "RoleMatches",
    "match_cell",
    "match_roles",
    "shipped_office",
]
