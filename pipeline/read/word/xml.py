"""The vocabulary of WordprocessingML, and the attributes that everything is made of."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
TEXT_BOX = W + "txbxContent"
VAL = W + "val"
TWIPS = 20.0  # a point
_OFF = frozenset({"0", "false", "off", "none"})
# What only wraps: its content stands as if the wrapper were not there.
WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "dir", "bdo",
                 "hyperlink", "fldSimple")
)  # fmt: skip
GONE = frozenset({W + "del", W + "moveFrom"})  # tracked: what is no longer there


def child(element: "_Element | None", *names: str) -> "_Element | None":
    """Return what stands at a path of W names below an element, None where nothing does."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def value(element: "_Element | None", *names: str) -> str | None:
    """Return the w:val of what stands at a path; None where either is missing."""
    found = child(element, *names)
    return None if found is None else found.get(VAL)


def number(element: "_Element | None", *names: str) -> int | None:
    """Return a w:val as a whole number, None where it is none."""
    return whole(value(element, *names))


def whole(text: str | None) -> int | None:
    """Return a text as a whole number, None where it is none or absurdly long."""
    try:
        return int(text) if text is not None and len(text) <= 11 else None
    except ValueError:
        return None


def toggle(properties: "_Element | None", name: str) -> bool | None:
    """Return an on/off property such as w:b, None where it is not set."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(VAL, "1") not in _OFF


def unwrapped(parent: "_Element") -> Iterator["_Element"]:
    """Yield the children of an element, those of wrappers among it in their place.

    Of alternatives the first is taken: the fallback says the same again for programs of 2007.
    """
    for element in parent:
        if element.tag in WRAPPERS:
            yield from unwrapped(element)
        elif element.tag == ALTERNATIVES:
            if len(element):
                yield from unwrapped(element[0])
        else:
            yield element
