"""Cells into agencies: which bodies a cell names, by a registry of them."""

from pipeline.agencies.choice import IssuerContext
from pipeline.agencies.match import match_cell
from pipeline.agencies.registry import Registry, load_registry

__all__ = ["IssuerContext", "Registry", "load_registry", "match_cell"]
