"""What each feature is worth: its part in the log-odds of a border, in the order of features.

Fitted once by logistic regression with a ridge penalty of 4 on all but the bias. Its places came
from random joins of the channel posts of the seed documents and of the posts in tests/golden/posts
without its folder `unseen`: six joins of all and three of the seeds' alone, each with their marks
and without; features saw the true beginning of each post. Borders counted one and a half times,
for a missed one costs as much as one too many, and is rarer. The seed documents as they are came
in 120 times, so that their own borders turn out right. Which features there are was decided by
five-fold cross-validation on the same posts, where those of the seeds alone reached an F1 of 0.80
to 0.86. tests/bench/borders.py measures the result, also on posts no weight was fitted on.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = -3.22

WEIGHTS: Final = {
    "link_above": 1.46,
    "link_alone_above": 3.21,
    "link_after_words_above": 1.41,
    "link_opens_above": -1.40,
    "hashtags_above": 2.38,
    "sentence_above": 0.37,
    "unfinished_above": -1.95,
    "title_above": -2.83,
    "entry_above": -1.73,
    "item_above": -1.48,
    "source_above": 1.41,
    "paragraph_above": 1.86,
    "spaced_above": 1.82,
    "tight_above": 1.48,
    "link_below": -2.22,
    "short_below": -2.05,
    "herald_below": 1.16,
    "item_below": -3.15,
    "connective_below": -1.67,
    "quotation_below": -0.75,
    "label_below": -2.40,
    "colon_below": 0.92,
    "question_below": 1.46,
    "thanks_below": -3.50,
    "paragraph_below": 2.30,
    "spaced_below": 1.92,
    "tight_below": 0.77,
    "belongs_above": -2.52,
    "credit_below": -0.96,
    "long_after_entries": 4.17,
    "run_in_link_above": -2.14,
    "opens_after_end": 1.89,
    "link_without_blank": 1.61,
    "language_changes": 4.64,
    "level_changes": 2.28,
    "endings_differ": 1.81,
    "list_goes_on_below": -1.64,
    "same_beginning": -1.79,
    "labels_both": -2.75,
    "verse": -0.20,
    "links_alternate": -1.38,
    "stems_shared": -4.29,
    "no_stems_shared": 0.40,
    "syllables_shared": -6.56,
    "paragraphs_both": -2.39,
    "spaced_to_tight": 0.93,
}
