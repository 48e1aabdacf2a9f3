"""What a sentence tells of a deal beside its parties: status, amount, stake and date. Plain text in, values out.

Each reader is a function of a Passage, so that rules and model use the same ones.
"""

from pipeline.attributes.passage import Passage as Passage
from pipeline.attributes.status import status as status
from pipeline.attributes.terms import amount as amount
from pipeline.attributes.terms import stake as stake
from pipeline.attributes.when import when as when
