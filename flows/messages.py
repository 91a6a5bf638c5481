"""The language of this process, and what the command line says in it (see pipeline.messages)."""

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypedDict

from pipeline import messages
from pipeline.messages import Language
from schemas.errors import UserError
from schemas.failure import Failure


class Helps(TypedDict):
    """Arguments of typer's `command`."""

    help: str
    short_help: str


# What a process hands on to those it starts, then the locale in the order of POSIX (locale(7)).
_VARIABLES = ("PHULUC_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@cache
def language() -> Language:
    """Return the language of this process: what `--lang` says, else that of the locale.

    Read from the command line itself, since the help texts are chosen before it is parsed.
    """
    return language_of(sys.argv[1:], os.environ)


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return `vi` or `en` for these arguments and this environment; English where neither says."""
    for position, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option == "--lang":
            value = value if equals else "".join(arguments[position + 1 : position + 2])
            return "vi" if value == "vi" else "en"
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "vi" if locale.lower().startswith("vi") else "en"


def say(key: str, **values: object) -> str:
    """Return the text of that key in the language of this process, its places filled.

    Raises KeyError for a key that is not in `commands.yaml`.
    """
    return messages.text(key, language(), **values)


def tell(error: UserError) -> str:
    """Return what there is to mend, in the language of this process."""
    return messages.tell(error, language())


def message_and_hint(failure: Failure) -> tuple[str, str]:
    """Return what happened to a document and what to do, in the language of this process."""
    if language() == "vi":
        return failure.message_vi, failure.hint_vi
    return failure.message, failure.hint


def helps(text: str) -> Helps:
    """Return what typer needs to show a command's help whole in the list of commands, too."""
    return Helps(help=text, short_help=text)
