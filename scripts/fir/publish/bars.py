"""Bars of a chart: what is there solid, what is due hatched, what nobody asks for an outline.

They repeat figures that stand beside them in their table, so a screen reader passes them over.
"""

from __future__ import annotations


def bar(there: int, due: int, of: int, longest: int) -> str:
    """`there` and `due` out of `of`; as wide as `of` is beside the longest bar of the chart."""
    widths = [_percent(part, longest) for part in (of, there, due)]
    solid = f'<rect class="ok" width="{widths[1]}" height="100%"/>' if there else ""
    hatch = (
        f'<rect fill="url(#s-hatch)" x="{widths[1]}" width="{widths[2]}" height="100%"/>'
        if due
        else ""
    )
    return (
        '<svg class="chart" aria-hidden="true">'
        f'<rect class="of" width="{widths[0]}" height="100%"/>{solid}{hatch}</svg>'
    )


def key() -> str:
    """What the parts of a bar mean."""
    parts = (
        ('<rect class="ok" width="100%" height="100%"/>', "with a record"),
        ('<rect fill="url(#s-hatch)" width="100%" height="100%"/>', "required, missing"),
        ('<rect class="of" width="100%" height="100%"/>', "not required, none"),
    )
    told = "".join(
        f'<li><svg class="chart" aria-hidden="true">{drawing}</svg>{word}</li>'
        for drawing, word in parts
    )
    return f'<ul class="chart-key">{told}</ul>'


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%" if whole else "0%"
