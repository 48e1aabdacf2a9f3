"""Training of the reader (`make train`): needs torch and transformers, which the installed program never does."""
