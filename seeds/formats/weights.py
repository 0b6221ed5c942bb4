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
    BIAS: -1.64,
    "link_above": 2.74,
    "link_alone_above": 2.99,
    "link_after_words_above": 0.84,
    "link_opens_above": -2.85,
    "hashtags_above": 2.59,
    "unfinished_above": -0.59,
    "title_above": -1.05,
    "entry_above": -0.99,
    "item_above": -0.87,
    "paragraph_above": 1.12,
    "spaced_above": 0.32,
    "tight_above": 0.57,
    "closes_as_known": 0.93,
    "closes_unlike_known": -1.24,
    "repeated_above": 4.18,
    "lines_so_far": -0.39,
    "text_so_far": 2.61,
    "link_below": -1.67,
    "herald_below": 1.53,
    "item_below": -3.23,
    "connective_below": -2.76,
    "quotation_below": -1.35,
    "label_below": -1.03,
    "question_below": 1.01,
    "thanks_below": -1.23,
    "paragraph_below": 1.95,
    "tight_below": 0.50,
    "opens_as_known": 3.60,
    "opens_unlike_known": -0.97,
    "repeated_below": -4.31,
    "length_below": 1.49,
    "title_below": 1.03,
    "emoji_below": -0.50,
    "list_below": 1.11,
    "items_on_page": -1.69,
    "links_on_page": -4.65,
    "continuing_on_page": -6.50,
    "repeating_on_page": -3.82,
    "belongs_above": -1.97,
    "run_in_link_above": -3.15,
    "link_without_blank": 3.47,
    "language_changes": 2.65,
    "level_changes": 2.12,
    "endings_differ": 0.32,
    "list_goes_on_below": -1.60,
    "labels_both": -2.14,
    "verse": -1.43,
    "links_alternate": -0.68,
    "stems_shared": -3.19,
    "paragraphs_both": -1.67,
    "said_before": -1.35,
    "blocks_alike": -6.56,
}
