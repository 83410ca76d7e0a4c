"""
Makes plain-zero.woff2 here: the upright zero of Atkinson Hyperlegible Next without its slash, and no other character.

    pip install fonttools==4.68.0 brotli==1.2.1
    python3 web/ui/font/plain-zero.py

The font has no plain zero, and its licence (SIL Open Font License 1.1, no reserved name) lets one be made. The slash cuts
the upper left and the lower right quarter of the counter. The lower left one is whole: the counter is made of it and its
mirror images, in every weight. Browsers slant it for italics.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

here = Path(__file__).parent
files = here.parents[2] / "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files"


def mirrored(quarter, flip_y, flip_x):
    """A closed contour of a quarter's points (bottom … left), anticlockwise as counters run."""
    half = quarter + [flip_y(one) for one in reversed(quarter[:-1])]
    return list(reversed(half + [flip_x(one) for one in reversed(half[1:-1])]))


def counter(quarter):
    middle, height = quarter[0][0], quarter[-1][1]
    return mirrored(quarter, lambda p: (p[0], 2 * height - p[1]), lambda p: (2 * middle - p[0], p[1]))


font = TTFont(files / "atkinson-hyperlegible-next-latin-wght-normal.woff2")
options = Options()
options.layout_features = []
options.name_IDs = [0, 1, 13, 14]
options.hinting = False
subsetter = Subsetter(options)
subsetter.populate(unicodes=[0x30])
subsetter.subset(font)

glyphs, name = font["glyf"], font.getBestCmap()[0x30]
glyph = glyphs[name]
points, ends, flags = glyph.getCoordinates(glyphs)
outer = list(range(ends[0] + 1))
# The contour that the slash bounds from below begins at its lowest point; backwards from there, the quarter up to the left.
first = range(ends[0] + 1, ends[1] + 1)
quarter = [first[0], *reversed(first[1:])]
quarter = quarter[: 1 + next(at for at, index in enumerate(quarter) if flags[index] and at > 0)]

inner = counter([points[at] for at in quarter])
glyph.coordinates = GlyphCoordinates([points[at] for at in outer] + inner)
same = lambda flag: flag
glyph.flags = bytearray([flags[at] for at in outer] + mirrored([flags[at] for at in quarter], same, same))
glyph.endPtsOfContours = [len(outer) - 1, len(outer) + len(inner) - 1]
glyph.numberOfContours = 2
glyph.recalcBounds(glyphs)
for variation in font["gvar"].variations[name]:
    moved = variation.coordinates
    other = counter([(points[at][0] + moved[at][0], points[at][1] + moved[at][1]) for at in quarter])
    change = [(a - c, b - d) for (a, b), (c, d) in zip(other, inner)]
    # The last four are the glyph's side bearings.
    variation.coordinates = [moved[at] for at in outer] + change + moved[-4:]
font.flavor = "woff2"
font.save(here / "plain-zero.woff2")
