from tests.loopback import clock, fetcher, site

__all__ = ["clock", "fetcher", "site"]
