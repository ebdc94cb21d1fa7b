"""Settings by environment: `dev` for one machine, `test` for the suite, `prod` for the open network.

They know the environment variables. They must not know anything about the law or the pages.
"""
