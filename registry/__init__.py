"""What is: facilities and their facts, ministries and statutes, rules, incentives.

Knows the law and the things it binds. Must not know checklists, dossiers or reviews.
"""
