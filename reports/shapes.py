"""Things to tick and to sign, drawn as shapes because no font has the characters."""

from reportlab.platypus import Flowable

from reports import style
from reports.fonts import BODY, in_body_font, text_width

SQUARE = 9.0
SIZE = 9.0


class CheckBoxes(Flowable):
    """Empty squares with their words, in one line."""

    def __init__(self, labels: tuple[str, ...], gap: float = 14.0) -> None:
        super().__init__()
        self.labels = tuple(in_body_font(label) for label in labels)
        self.gap = gap

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take one line."""
        width = sum(SQUARE + 4 + text_width(label, SIZE) + self.gap for label in self.labels)
        return width, 16.0

    def draw(self) -> None:
        """Draw squares and words from left to right."""
        x = 0.0
        self.canv.setStrokeColor(style.INK)
        self.canv.setFillColor(style.INK)
        self.canv.setLineWidth(0.8)
        self.canv.setFont(BODY, SIZE)
        for label in self.labels:
            self.canv.rect(x, 3, SQUARE, SQUARE, stroke=1, fill=0)
            self.canv.drawString(x + SQUARE + 4, 4, label)
            x += SQUARE + 4 + text_width(label, SIZE) + self.gap
