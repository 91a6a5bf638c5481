"""What the program says to people, in Vietnamese and English; the words are in `messages.yaml`."""

from collections.abc import Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Any, Literal

from schemas.failure import EnvironmentLacks, Failure, PhulucError

Language = Literal["vi", "en"]
UNLISTED = "unlisted"


def failure_from(error: PhulucError, source_file: str) -> Failure:
    """Return the error as it is shown and kept: what happened and what to do, in both languages."""
    texts = _texts()["failures"][error.code]
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


def explain(code: str, lang: Language, **details: object) -> str:
    """Return the text of a flag or reason; a code that has none is shown as it is."""
    text = _texts()["doubts"].get(code) or _texts()["reasons"].get(code)
    if text is None:
        return _compose(_texts()["doubts"][UNLISTED][lang], {"code": code})
    return _compose(text[lang], details)


def severity(code: str) -> int:
    """Return how grave a doubt is: 100 worst .. 1 least, 0 for what needs nobody's attention."""
    doubts = _texts()["doubts"]
    value: int = doubts.get(code, doubts[UNLISTED])["severity"]
    return value


def has_text(code: str) -> bool:
    """Whether the code of a flag or reason is explained in `messages.yaml`."""
    return code in _texts()["doubts"] or code in _texts()["reasons"]


def doubts() -> tuple[str, ...]:
    """Return the codes that can put something on the review list, the gravest first."""
    codes = [code for code in _texts()["doubts"] if severity(code) > 0]
    return tuple(sorted(codes, key=lambda code: -severity(code)))


def _compose(sentences: Sequence[str], details: Mapping[str, Any]) -> str:
    known = {name: value for name, value in details.items() if value not in (None, "")}
    return " ".join(
        sentence.format_map(known) for sentence in sentences if _places(sentence) <= known.keys()
    )


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@cache
def _texts() -> dict[str, dict[str, Any]]:
    from pipeline.knowledge import load_yaml  # noqa: PLC0415  its YAML costs start-up time

    texts: dict[str, dict[str, Any]] = load_yaml("messages.yaml")
    return texts
