"""What Redflag writes to people: mails to a program's staff, and the page behind their unsubscribe link.

Every sentence stands in `words/en.ftl`, for translators; how it is laid out stands in `templates/`.
"""
