"""A document with its tracked changes accepted: what was deleted is taken out of its XML."""

from pipeline.read.word.xml import GONE, W, child
from pipeline.read.zipped import parsed

_PROPERTIES = frozenset({W + "rPr", W + "trPr"})  # here it marks a paragraph, or a row
_SIGNS = (b":del ", b":del>", b":moveFrom ", b":moveFrom>")


def accepted(document: bytes) -> bytes:
    """Return the XML of a document without what was deleted; raises PhulucError as `parsed`."""
    if not any(sign in document for sign in _SIGNS):
        return document
    from lxml import etree  # noqa: PLC0415  only changed documents need it

    root = parsed(document)
    for element in list(root.iter(*GONE)):
        parent = element.getparent()
        if parent is not None and parent.tag not in _PROPERTIES:
            parent.remove(element)
    for row in list(root.iter(W + "tr")):
        if child(row, "trPr", "del") is not None:
            parent = row.getparent()
            if parent is not None:
                parent.remove(row)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
