"""Layers of a PDF ("optional content"): which of them a reader sees when the file is opened."""

from collections.abc import Callable, Iterable
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1

from pipeline.read.pdf.objects import dict_of, list_of, name_of

_POLICIES: dict[str, Callable[[Iterable[bool]], bool]] = {
    "AllOn": all,
    "AnyOn": any,
    "AnyOff": lambda states: not all(states),
    "AllOff": lambda states: not any(states),
}
_DEEPEST = 16  # expressions that nest deeper are damage


class Layers:
    """The layers of one document as its default configuration shows them on a screen.

    False where it has none.
    """

    def __init__(self, document: PDFDocument) -> None:
        properties = dict_of(document.catalog.get("OCProperties"))
        default = dict_of(properties.get("D"))
        groups = list_of(properties.get("OCGs"))
        self._off = (
            {_id(g) for g in groups} if name_of(default.get("BaseState")) == "OFF" else set()
        )
        self._off -= {_id(group) for group in list_of(default.get("ON"))}
        self._off |= {_id(group) for group in list_of(default.get("OFF"))}
        for rule in map(dict_of, list_of(default.get("AS"))):
            if name_of(rule.get("Event")) == "View":
                for group in list_of(rule.get("OCGs")):
                    self._obey_usage(group)
        self._some = bool(groups)

    def __bool__(self) -> bool:
        return self._some

    def _obey_usage(self, group: Any) -> None:
        usage = dict_of(dict_of(dict_of(group).get("Usage")).get("View"))
        state = name_of(usage.get("ViewState"))
        if state == "OFF":
            self._off.add(_id(group))
        elif state == "ON":
            self._off.discard(_id(group))

    def shows(self, content: Any) -> bool:
        """Whether what belongs to a layer, or to a combination of layers, is seen."""
        found = dict_of(content)
        if name_of(found.get("Type")) != "OCMD":
            return _id(content) not in self._off
        if expression := list_of(found.get("VE")):
            return self._holds(expression)
        groups = resolve1(found.get("OCGs"))
        members = groups if isinstance(groups, list) else [found.get("OCGs")]
        states = [_id(member) not in self._off for member in members if resolve1(member)]
        policy = _POLICIES.get(name_of(found.get("P")), any)
        return policy(states) if states else True

    def _holds(self, expression: list[Any], depth: int = 0) -> bool:
        operator = name_of(expression[0])
        states = (
            self._holds(list_of(part), depth + 1)
            if isinstance(resolve1(part), list) and depth < _DEEPEST
            else _id(part) not in self._off
            for part in expression[1:]
        )
        if operator == "Not":
            return not all(states)
        return any(states) if operator == "Or" else all(states)


def _id(reference: Any) -> int:
    """What tells one layer from another: the number of its object."""
    return reference.objid if isinstance(reference, PDFObjRef) else id(reference)
