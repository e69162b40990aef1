"""Which firmware is newer, and the whole answer to "is this the latest?".

Pure: entries and records in, answers out. Only firmware of one *line* is compared: one Device
Model of one device type within SMETS1 or within SMETS2+. The manufacturer's statement decides
where there is one; otherwise number, version and GBCS must agree; where they do not, the answer is
*unclear*, because only the manufacturer knows.
"""

from fir.answers.answer import INVENTORY_TYPES, Answer, Answers, Since, Way, way_between
from fir.answers.firmware import Firmware, image_kind
from fir.answers.order import Comparison, History

__all__ = [
    "INVENTORY_TYPES",
    "Answer",
    "Answers",
    "Comparison",
    "Firmware",
    "History",
    "Since",
    "Way",
    "image_kind",
    "way_between",
]
