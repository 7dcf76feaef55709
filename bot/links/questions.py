"""From a link to an answer that is kept: how sure is sure enough.

Measured on links to another person's message that reads as a question, against all such links that
people found: on the development logs, and on a fifth of the training logs that was held back from
the forest (there, of one without the slower rooms; see ADR 5).
"""

ASKS = 0.5
"""From this value of `reads_as_question` on, a message counts as a question."""

SURE = 0.87
"""A link to a question with at least this confidence is kept without asking.

Precision 95.9 at recall 43.2 (development), 94.5 at 47.7 (held back), in percent.
"""

UNSURE = 0.5
"""Between this and SURE the asker is asked; below it nothing happens.

From here on, what is surely kept included: precision 85.7 at recall 69.9 (development), 85.7 at
72.6 (held back), in percent.
"""
