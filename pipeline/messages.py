"""What the program says to people, in Vietnamese and English.

The words are data: about documents and errors in `knowledge/messages.yaml`, of the command line in
`knowledge/commands.yaml`, of the office's pages in `knowledge/pages.yaml`.
"""

import errno
from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, Literal

from pipeline.knowledge import load_yaml
from schemas.errors import UserError
from schemas.failure import EnvironmentLacks, Failure, PhulucError

Language = Literal["vi", "en"]
UNLISTED = "unlisted"


def failure_from(error: PhulucError, source_file: str) -> Failure:
    """Return the error as it is shown and kept: what happened and what to do, in both languages."""
    texts = _about("failures")[error.code]
    details = {"source_file": source_file, "page": error.page, **error.details}
    return Failure(
        source_file=source_file,
        code=error.code,
        stage=error.stage,
        page=error.page,
        message=_compose(texts["en"]["message"], details),
        hint=_compose(texts["en"]["hint"], details),
        message_vi=_compose(texts["vi"]["message"], details),
        hint_vi=_compose(texts["vi"]["hint"], details),
        environment=isinstance(error, EnvironmentLacks),
    )


def text(key: str, lang: Language, **values: object) -> str:
    """Return what a command says; raises KeyError for a key that `commands.yaml` lacks.

    An OSError among the values is told in the language, as far as `messages.yaml` knows it.
    """
    words: str = _texts("commands.yaml")[key][lang]
    return words.format(**_said(values, lang)) if values else words


def page_text(key: str, lang: Language, **values: object) -> str:
    """Return what a page of the office says; raises KeyError for a key that `pages.yaml` lacks."""
    words: str = _texts("pages.yaml")[key][lang]
    return words.format(**values) if values else words


def is_page_text(key: str) -> bool:
    """Return whether `pages.yaml` has a text of that key."""
    return key in _texts("pages.yaml")


def tell(error: UserError, lang: Language) -> str:
    """Return what there is to mend, as a sentence; an OSError among its details as in `text`."""
    words: str = _about("errors")[error.key][lang]
    return words.format(**_said(error.details, lang))


def explain(code: str, lang: Language, **details: object) -> str:
    """Return the text of a flag or reason; a code that has none is shown as it is."""
    words = _about("doubts").get(code) or _about("reasons").get(code)
    if words is None:
        return _compose(_about("doubts")[UNLISTED][lang], {"code": code})
    return _compose(words[lang], details)


def severity(code: str) -> int:
    """Return how grave a doubt is: 100 worst .. 1 least, 0 for what needs nobody's attention."""
    doubts = _about("doubts")
    value: int = doubts.get(code, doubts[UNLISTED])["severity"]
    return value


def has_text(code: str) -> bool:
    """Whether the code of a flag or reason is explained in `messages.yaml`."""
    return code in _about("doubts") or code in _about("reasons")


def doubts() -> tuple[str, ...]:
    """Return the codes that can put something on the review list, the gravest first."""
    codes = [code for code in _about("doubts") if severity(code) > 0]
    return tuple(sorted(codes, key=lambda code: -severity(code)))


def _said(values: Mapping[str, object], lang: Language) -> dict[str, object]:
    return {
        name: _of_system(value, lang) if isinstance(value, OSError) else value
        for name, value in values.items()
    }


def _of_system(error: OSError, lang: Language) -> str:
    words = _about("system").get(errno.errorcode.get(error.errno or 0, ""))
    return words[lang] if words else error.strerror or str(error)


def _compose(sentences: Sequence[str], details: Mapping[str, Any]) -> str:
    known = {name: value for name, value in details.items() if value not in (None, "")}
    return " ".join(
        sentence.format_map(known) for sentence in sentences if _places(sentence) <= known.keys()
    )


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _about(section: str) -> dict[str, Any]:
    return _texts("messages.yaml")[section]


@cache
def _texts(file: str) -> dict[str, dict[str, Any]]:
    texts: dict[str, dict[str, Any]] = load_yaml(file)
    return texts
