# ruff: noqa: N802  operators are called as PDF spells them
"""pdfminer's interpreter of page contents, faster for plain streams, and aware of what is seen.

pdfminer neither keeps clipping paths, transparency and layers, nor draws annotations; and its
operators find colours and matrices only. What decides whether a reader sees a thing is kept here.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import PSKeyword, keyword_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect, mult_matrix

from pipeline.read.pdf.annotations import Appearance, attached_to, shown_on, strikes_on
from pipeline.read.pdf.content import NotPlainError, content_objects
from pipeline.read.pdf.layers import Layers
from pipeline.read.pdf.objects import Rect, name_of
from pipeline.read.pdf.painted import Visibility

_EVERYWHERE: Rect = (float("-inf"), float("-inf"), float("inf"), float("inf"))


class Interpreter(PDFPageInterpreter):
    """Runs the operators of a page, and of the annotations that are shown on it.

    It tells its device by `view` and `hidden` how what comes next is seen. It may be used for one
    device, over all pages of a document.
    """

    def __init__(self, resources: PDFResourceManager, device: Any, layers: Layers) -> None:
        super().__init__(resources, device)
        self._layers = layers
        self._page: PDFPage | None = None
        self._view = Visibility(_EVERYWHERE)
        self._views: list[Visibility] = []
        # Of each piece of marked content that is open: whether it is hidden.
        self._marked: list[bool] = []
        self._hidden = False
        self._colours: Any = None

    def dup(self) -> "Interpreter":
        """Return another for the same document."""
        return Interpreter(self.rsrcmgr, self.device, self._layers)

    def subinterp(self) -> "PDFPageInterpreter":
        """Return one for a form: it is seen as what draws it is."""
        inner = super().subinterp()
        if isinstance(inner, Interpreter):
            inner._view = self._view
            inner._hidden = self._is_hidden()
            inner._colours = self.graphicstate
        return inner

    def process_page(self, page: PDFPage) -> None:
        """Draw a page with its annotations."""
        self._page = page
        super().process_page(page)

    def render_contents(
        self,
        resources: dict[object, object],
        streams: Sequence[object],
        ctm: Matrix = MATRIX_IDENTITY,
    ) -> None:
        """Draw content streams; those of a page with the annotations over them."""
        page, self._page = self._page, None
        if page is not None:
            self._see(Visibility(apply_matrix_rect(ctm, page.cropbox)))
        super().render_contents(resources, streams, ctm)
        if page is not None and page.annots:
            self._marked.clear()
            self._draw_annotations(page, ctm)

    def init_state(self, ctm: Matrix) -> None:
        """Begin with the state of a page, or of what draws the form."""
        super().init_state(ctm)
        self._views = []
        if self._colours is not None:
            for name in ("scolor", "scs", "ncolor", "ncs"):
                setattr(self.graphicstate, name, getattr(self._colours, name))
        self._see(self._view)

    def _draw_annotations(self, page: PDFPage, ctm: Matrix) -> None:
        device: Any = self.device
        whole = Visibility(apply_matrix_rect(ctm, page.cropbox))
        device.annotations_begin()
        for shown in shown_on(page.annots, self._layers):
            self.init_state(ctm)
            self._see(whole)
            if isinstance(shown, Appearance):
                self.ctm = mult_matrix(shown.matrix, ctm)
                device.set_ctm(self.ctm)
                self._draw_form("annotation", shown.form)
            else:
                device.draw_typed(shown)
        device.set_ctm(ctm)
        for strike in strikes_on(page.annots, self._layers):
            device.draw_strike(apply_matrix_rect(ctm, strike))
        for name, rect in attached_to(page.annots, self._layers):
            device.attach(name, apply_matrix_rect(ctm, rect))

    # How things are seen

    def _see(self, view: Visibility) -> None:
        device: Any = self.device
        self._view = device.view = view
        device.hidden = self._is_hidden()

    def _is_hidden(self) -> bool:
        return self._hidden or any(self._marked)

    def do_q(self) -> None:
        """Keep the graphics state."""
        self._views.append(self._view)
        super().do_q()

    def do_Q(self) -> None:
        """Go back to the graphics state that was kept last."""
        super().do_Q()
        if self._views:
            self._see(self._views.pop())

    def do_gs(self, name: Any) -> None:
        """Take parameters of the graphics state from the page's resources."""
        states = resolve1(self.resources.get("ExtGState"))
        found = resolve1(states.get(name_of(name))) if isinstance(states, dict) else None
        if not isinstance(found, dict):
            return
        view = self._view
        alpha = resolve1(found.get("ca"))
        if isinstance(alpha, int | float):
            view = view._replace(alpha=float(alpha))
        if "BM" in found or "SMask" in found:
            modes = resolve1(found.get("BM"))
            mode = name_of(modes[0] if isinstance(modes, list) and modes else modes)
            masked = isinstance(resolve1(found.get("SMask")), dict)
            view = view._replace(blended=masked or mode not in {"", "Normal", "Compatible"})
        self._see(view)

    def do_W(self) -> None:
        """Clip what follows to the current path: here, to the box around it."""
        xs = [x for segment in self.curpath for x in segment[1::2]]
        ys = [y for segment in self.curpath for y in segment[2::2]]
        if xs and ys:
            self._clip((min(xs), min(ys), max(xs), max(ys)))
            corners = {segment[-2:] for segment in self.curpath if len(segment) > 2}
            if len({*xs}) > 2 or len({*ys}) > 2 or len(corners) != 4:
                self._see(self._view._replace(rough=True))

    def do_W_a(self) -> None:
        """Clip what follows to the current path, by the other rule of what lies inside."""
        self.do_W()

    def _clip(self, box: Rect) -> None:
        x0, y0, x1, y1 = self._view.clip
        a, b, c, d = apply_matrix_rect(self.ctm, box)
        self._see(self._view._replace(clip=(max(x0, a), max(y0, b), min(x1, c), min(y1, d))))

    # Colours, as far as pdfminer forgets them

    def do_cs(self, name: Any) -> None:
        """Choose a colour space, whose first colour is black."""
        super().do_cs(name)
        count = self.graphicstate.ncs.ncomponents
        black: dict[int, Any] = {3: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0, 1.0)}
        self.graphicstate.ncolor = black.get(count, 0)

    def do_F(self) -> None:
        """Fill a path: an old name of f."""
        self.do_f()

    def do_sh(self, name: object) -> None:  # noqa: ARG002  as pdfminer calls it
        """Paint all that is not clipped in changing colours."""
        device: Any = self.device
        device.paint_area(self._view.clip)

    def do_TJ(self, seq: Any) -> None:
        """Show text. The graphics state is not copied: what is kept of it is kept at once."""
        if self.textstate.font is not None:
            state = self.graphicstate
            self.device.render_string(self.textstate, seq, state.ncs, state)

    # Layers

    def do_BMC(self, tag: Any) -> None:  # noqa: ARG002
        """Begin marked content."""
        self._marked.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:
        """Begin marked content that may belong to a layer, or be a watermark that says so."""
        kind, hidden = name_of(tag), False
        if kind == "OC" and self._layers:
            named = resolve1(self.resources.get("Properties"))
            layer = named.get(name_of(props)) if isinstance(named, dict) else None
            hidden = layer is not None and not self._layers.shows(layer)
        elif kind == "Artifact" and isinstance(props, dict):
            hidden = name_of(props.get("Subtype")) == "Watermark"
        self._marked.append(hidden)
        if hidden:
            self._see(self._view)

    def do_EMC(self) -> None:
        """End marked content."""
        if self._marked and self._marked.pop():
            self._see(self._view)

    # Forms

    def do_Do(self, xobjid_arg: Any) -> None:
        """Draw a picture or a form, unless its layer is switched off."""
        reference = self.xobjmap.get(name_of(xobjid_arg))
        found = resolve1(reference)
        if not isinstance(found, PDFStream):
            return
        layer = found.get("OC")
        if layer is not None and not self._layers.shows(layer):
            return
        if name_of(found.get("Subtype")) == "Form" and "BBox" in found:
            self._draw_form(name_of(xobjid_arg), found)
        else:
            super().do_Do(xobjid_arg)

    def _draw_form(self, name: str, form: PDFStream) -> None:
        """Draw a form as pdfminer does, clipped to its box."""
        view, before = self._view, self.ctm
        matrix: Any = list_value(form.get("Matrix", MATRIX_IDENTITY))
        box: Any = list_value(form["BBox"])
        self.ctm = mult_matrix(matrix, before)
        self._clip(box)
        self.ctm = before
        resources = form.get("Resources")
        self.device.begin_figure(name, box, matrix)
        self.subinterp().render_contents(
            dict_value(resources) if resources else self.resources.copy(),
            [form],
            ctm=mult_matrix(matrix, before),
        )
        self.device.end_figure(name)
        self.device.set_ctm(before)
        self._see(view)

    # Plain streams

    def execute(self, streams: Sequence[object]) -> None:
        """Run the operators of a page's, or a form's, content streams."""
        found = [stream_value(stream) for stream in streams]
        tracked = [s for s in found if s.objid is not None]
        circular = any(s.objid in self.parent_stream_ids for s in tracked)
        if len(tracked) < len(found) or circular:
            super().execute(streams)
            return
        try:
            # pdfminer ends a token where a stream ends.
            objects = content_objects(b"\n".join(stream.get_data() for stream in tracked))
        except NotPlainError:
            super().execute(streams)
            return
        self.stream_ids.clear()
        self.stream_ids.update(s.objid for s in tracked if s.objid is not None)
        self._run(objects)

    def _run(self, objects: Sequence[Any]) -> None:
        for each in objects:
            if type(each) is not PSKeyword:
                self.argstack.append(each)
                continue
            name, count = _operator(each)
            if name:
                operands = self.pop(count)
                if len(operands) == count:
                    getattr(self, name)(*operands)


@lru_cache(maxsize=512)
def _operator(keyword: PSKeyword) -> tuple[str, int]:
    """The method that runs an operator, "" where none does, and how many operands it takes."""
    word = keyword_name(keyword).replace("*", "_a").replace('"', "_w").replace("'", "_q")
    method = getattr(PDFPageInterpreter, f"do_{word}", None)
    return (f"do_{word}", method.__code__.co_argcount - 1) if method else ("", 0)
