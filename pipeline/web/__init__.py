"""How the web is touched: guarded addresses, bounded answers, robots.txt, a pace per host. `pipeline.fetch` uses it."""
