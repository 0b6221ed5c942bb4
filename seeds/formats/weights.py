"""What each feature is worth: its part in the log-odds of a border, in the order of features.

Fitted by tests/bench/border_weights.py, which says from what: pages joined from posts of one
channel or of many, as they are and restyled, and sections of the Korean documentation of React (CC
BY 4.0), of which nothing is kept but these numbers. The seed documents as they are came in until
their own borders turned out right. tests/bench/borders.py measures the result, also on posts no
weight was fitted on.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = "bias"
"""What any place is worth before a feature holds there."""

WEIGHTS: Final = {
    BIAS: -1.92,
    "link_above": 2.04,
    "link_alone_above": 2.30,
    "link_after_words_above": 1.10,
    "link_opens_above": -2.02,
    "hashtags_above": 2.95,
    "sentence_above": 0.18,
    "unfinished_above": -0.65,
    "title_above": -0.72,
    "entry_above": -1.69,
    "item_above": -1.17,
    "source_above": 1.47,
    "paragraph_above": 1.07,
    "spaced_above": 1.56,
    "tight_above": 0.73,
    "closes_as_known": 2.33,
    "repeated_above": 5.09,
    "link_below": -0.85,
    "short_below": -0.80,
    "herald_below": 1.44,
    "item_below": -1.97,
    "connective_below": -2.06,
    "quotation_below": -0.66,
    "label_below": -0.70,
    "colon_below": 1.45,
    "question_below": 1.42,
    "thanks_below": -2.77,
    "paragraph_below": 1.67,
    "spaced_below": 1.41,
    "tight_below": 0.53,
    "opens_as_known": 5.28,
    "opens_unlike_known": -1.76,
    "repeated_below": -6.64,
    "belongs_above": -1.31,
    "credit_below": -1.08,
    "long_after_entries": 2.02,
    "run_in_link_above": -1.82,
    "opens_after_end": 1.94,
    "link_without_blank": 0.29,
    "language_changes": 3.60,
    "level_changes": 1.86,
    "endings_differ": 0.86,
    "list_goes_on_below": -2.37,
    "same_beginning": -0.56,
    "labels_both": -2.87,
    "verse": 0.59,
    "links_alternate": -2.16,
    "stems_shared": -4.36,
    "syllables_shared": -4.76,
    "paragraphs_both": -1.41,
}
