"""Our spaCy factories. Importing this package registers them."""

from pipeline.components import claims as claims
from pipeline.components import entities as entities
from pipeline.components import frames as frames
from pipeline.components import names as names
from pipeline.components import paragraphs as paragraphs
from pipeline.components import products as products
from pipeline.components import reader as reader
