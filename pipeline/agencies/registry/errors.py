"""What can be wrong with an office's own files."""

from schemas.errors import UserError


class RegistryError(UserError):
    """A file of the registry, or what somebody would write to it, cannot be used."""
