"""How eagerly the shipped reader reads; log odds unless said otherwise. Fitted on held-out folds of the news."""

SETTINGS = {
    # Added to a kind's names before decoding; then the mean probability over all places that a name must reach.
    "lean": {"company": 0.5, "product": 0.5, "person": 1.5, "organization": 2.0, "asset": 3.0},
    "least_name": {"company": 0.65, "product": 0.6, "asset": 0.15, "organization": 0.25, "person": 0.3},
    # What a link must reach to be claimed.
    "thresholds": {
        "default": 0.4,
        "SUBSIDIARY_OF": 1.0,
        "SHAREHOLDER_OF": 1.0,
        "PRODUCES": 1.0,
        "COMPETES_WITH": 1.0,
        "AMOUNT": 1.0,
        "DATE": 1.0,
        "STAKE": 1.0,
    },
    "least": -5.0,  # what is kept at all, so that an operator can ask for more
}
