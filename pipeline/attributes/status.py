"""Where in its life a deal is, as one sentence tells it: rumored, announced, completed or terminated."""

from __future__ import annotations

import re

from pipeline.attributes.passage import Passage


def status(passage: Passage) -> str:
    said = passage.said
    if re.search(r"\b(reject|terminat|cancel|block|scrap|drop|call(ed)? off|collapse|abandon)", said):
        return "terminated"
    if re.search(r"\b(talks|considering|rumou?r|may|might|could|in talks|reportedly)\b", said):
        return "rumored"
    if re.search(r"\b(will|agreed|plans?|to|offer|proposed|announced?)\b", said):
        return "announced"
    return "completed"
