"""The demonstration: five illustrative sites, a person for each role, and half a year of their work.

Everything is done by the actions that the pages use, in the name of the demo's people. Nothing else imports this.
"""
