"""Our spaCy factories. Importing this package registers them."""

from pipeline.components import reader as reader
