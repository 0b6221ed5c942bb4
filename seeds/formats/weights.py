"""What each feature is worth: its part in the log-odds of a border, in the order of features.

Fitted by tests/bench/border_weights.py, which says from what: pages joined from posts of one
channel or of many, as they are and restyled, and 16 of the Telegram channels in
NKTKLN/telegram-news-classifier (CC BY 4.0), of which nothing is kept but these numbers. The seed
documents as they are came in until their own borders turned out right. tests/bench/borders.py
measures the result, also on posts no weight was fitted on.
"""

from __future__ import annotations

from typing import Final

BIAS: Final = "bias"
"""What any place is worth before a feature holds there."""

WEIGHTS: Final = {
    BIAS: -1.66,
    "link_above": 2.71,
    "link_alone_above": 3.65,
    "link_after_words_above": 0.75,
    "link_opens_above": -2.86,
    "hashtags_above": 2.66,
    "unfinished_above": -0.60,
    "title_above": -0.97,
    "entry_above": -0.92,
    "item_above": -0.76,
    "paragraph_above": 0.96,
    "spaced_above": 0.36,
    "tight_above": 0.42,
    "closes_as_known": 0.87,
    "closes_unlike_known": -1.29,
    "repeated_above": 4.26,
    "lines_so_far": -0.40,
    "text_so_far": 2.90,
    "link_below": -1.53,
    "herald_below": 1.29,
    "item_below": -3.10,
    "connective_below": -2.79,
    "quotation_below": -1.25,
    "label_below": -1.00,
    "question_below": 1.02,
    "thanks_below": -1.23,
    "paragraph_below": 1.80,
    "tight_below": 0.37,
    "opens_as_known": 3.90,
    "opens_unlike_known": -0.90,
    "repeated_below": -3.79,
    "length_below": 1.36,
    "title_below": 0.77,
    "emoji_below": -0.74,
    "list_below": 1.14,
    "items_on_page": -1.55,
    "links_on_page": -4.36,
    "continuing_on_page": -5.60,
    "repeating_on_page": -3.90,
    "belongs_above": -2.05,
    "run_in_link_above": -3.30,
    "opens_after_end": 0.23,
    "link_without_blank": 3.42,
    "language_changes": 2.61,
    "level_changes": 1.80,
    "endings_differ": 0.53,
    "list_goes_on_below": -1.70,
    "same_beginning": -0.29,
    "labels_both": -1.88,
    "verse": -1.18,
    "links_alternate": -0.73,
    "stems_shared": -3.09,
    "paragraphs_both": -1.56,
    "said_before": -1.31,
    "blocks_alike": -6.93,
}
