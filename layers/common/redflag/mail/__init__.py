"""What Redflag writes to people: mails to a program's staff, and the page behind their unsubscribe link.

Every sentence is in `words/en.ftl`, for translators; the layout is in `templates/`.
"""
