"""Cells into agencies: which bodies a cell names, by a registry of them."""

from pipeline.agencies.match.cells import match_cell
from pipeline.agencies.match.choice import IssuerContext
from pipeline.agencies.match.roles import RoleMatches, match_roles
from pipeline.agencies.registry.entries import Registry, load_registry
from pipeline.agencies.registry.office import RegistryError

__all__ = [
    "IssuerContext",
    "Registry",
    "RegistryError",
    "RoleMatches",
    "load_registry",
    "match_cell",
    "match_roles",
]
