"""Cells into agencies: which bodies a cell names, by a registry of them."""

from pipeline.agencies.choice import IssuerContext
from pipeline.agencies.match import match_cell
from pipeline.agencies.office import RegistryError
from pipeline.agencies.registry import Registry, load_registry
from pipeline.agencies.roles import RoleMatches, match_roles

__all__ = [
    "IssuerContext",
    "Registry",
    "RegistryError",
    "RoleMatches",
    "load_registry",
    "match_cell",
    "match_roles",
]
