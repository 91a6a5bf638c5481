"""The columns that say where something stands, alike in every table that has them."""

from typing import Annotated

from pydantic import Field

LeftEdge = Annotated[
    float | None, Field(title="Trái", description="Left edge of the place, PDF points")
]
UpperEdge = Annotated[
    float | None, Field(title="Trên", description="Upper edge, PDF points from the top")
]
RightEdge = Annotated[float | None, Field(title="Phải", description="Right edge, PDF points")]
LowerEdge = Annotated[
    float | None, Field(title="Dưới", description="Lower edge, PDF points from the top")
]
CellName = Annotated[
    str | None,
    Field(
        title="Ô",
        description="Place in a file without pages: table/row/column, or sheet!cell; else null",
    ),
]
