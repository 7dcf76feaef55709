"""From a link to an answer that is kept: how sure is sure enough."""

ASKS = 0.5
"""From this value of `reads_as_question` on, a message counts as a question."""

SURE = 0.88
"""A link to a question with at least this confidence is kept without asking."""

UNSURE = 0.5
"""Between this and SURE the asker is asked; below it nothing happens."""
