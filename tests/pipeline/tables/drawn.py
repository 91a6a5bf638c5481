"""Tables drawn as rules, for tests of what is found among them."""

from schemas.geometry import Box

# The edges of a table of three columns and three rows.
XS, YS = [50, 100, 250, 400], [100, 130, 200, 260]


def ruled(xs, ys, *, thick=1.0):
    """A whole table, its rules to the right of its edges and below them."""
    level = [Box(xs[0], y, xs[-1], y + thick) for y in ys]
    upright = [Box(x, ys[0], x + thick, ys[-1]) for x in xs]
    return level + upright


def level(y, x0, x1):
    return Box(x0, y - 0.5, x1, y + 0.5)


def upright(x, y0, y1):
    return Box(x - 0.5, y0, x + 0.5, y1)


def rules(xs, ys):
    """A whole table, its rules centred on its edges."""
    return [level(y, xs[0], xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def without(boxes, *gone):
    return [box for box in boxes if box not in gone]


def shape(cells):
    """How many rows and columns each cell spans."""
    return {place: (c.row_span, c.col_span) for place, c in cells.items()}


WHOLE = rules(XS, YS)
