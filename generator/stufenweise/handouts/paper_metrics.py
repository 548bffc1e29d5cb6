"""Measures of the printed page, for what is decided before Typst sees it: type sizes, layouts, lines too many.

Measuring in Typst would take as long as printing. Each number that is in a template, too, names it;
`tests/handouts/test_paper_metrics.py` compares them. Lengths are in millimetres unless their name says points or ems.
"""

from __future__ import annotations

MILLIMETRES_PER_POINT = 25.4 / 72

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
"""A4 (`a4` in templates/page.typ)."""
MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 25.0, 15.0, 9.0, 16.0
"""`page-margin` in templates/page.typ."""
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
"""`text-width` in templates/page.typ."""
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
"""`text-height` in templates/page.typ."""

LEAST_POINTS = 10.5
"""The smallest type, and that of all running text (`least-size` and `setup` in templates/page.typ)."""
CAP_EMS = 0.66
"""Height of a line of Stufenweise Sans, from the top of its capitals to its baseline."""
LEADING_EMS = 0.55
"""Space between two lines (`setup` in templates/page.typ)."""
PARAGRAPH_GAP_EMS = 0.75
"""Space between two paragraphs (`setup` in templates/page.typ)."""
ITEM_GAP_EMS = 0.5
"""Space between two items of a list (`setup` in templates/page.typ)."""
LINE_EMS = CAP_EMS + LEADING_EMS
"""Height of a line with its leading."""
LINE_HEIGHT = 4.5
"""Height of a line of running text with its leading, rounded up."""
LETTER_EMS = 0.455
"""Width of a letter in running text, a little more than the mean, because lines end with whole words."""
LETTERS_PER_MILLIMETRE = 0.57
"""Letters that a line of running text holds, a tenth less than their width allows: lines end with whole words."""

WRITING_LINE = 8.0
"""Distance of two lines to write on (`line-gap` in templates/markdown_tree.typ)."""
IMAGE_HEIGHT = 55.0
"""Height of an image at most (templates/markdown_tree.typ)."""

STEP_INDENT = 8.5
"""Room for the number of a step at its left (`step-indent` in templates/page.typ)."""
STEP_WIDTH = TEXT_WIDTH - STEP_INDENT
"""Width of a step's text."""
STEP_COLUMN, STEP_GUTTER = 80.0, 5.5
"""The column to write in beside a step, and the space before it (`worksheet-step` in templates/tutorials.typ)."""
STEP_HEADING_GAP = 1.4
"""Space below the title of a step (`step-heading` in templates/page.typ)."""

GUIDE_STEP_GAP = 2.6
"""Least space above a step of the mentor's guide (`guide-steps` in templates/tutorials.typ)."""
CLOCK_COLUMN, CLOCK_GUTTER = 70.0, 7.0
"""The clock on the mentor's guide, and the space before it (`guide-first` in templates/tutorials.typ)."""
CLOCK_ROW = 4.25
"""Height of a row of the clock: 10.5 pt type between two insets of 2.6 pt (`clock` in templates/tutorials.typ)."""
GUIDE_TOP = 27.0
"""Least height of the upper part of the guide's second page (`guide-second` in templates/tutorials.typ)."""
HALF_GUTTER = 8.0
"""Space between the halves of the guide's second page (`guide-second` in templates/tutorials.typ)."""
