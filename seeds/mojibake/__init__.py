"""Undoes a wrong decoding: Korean text that was read as Thai becomes Korean again.

`damage` says what happened to a text and which characters may have stood where bytes are missing;
`model` tells the likeliest syllable, and `repairing` mends a document. The model file
`syllables.xz` is made by `training` from 300,000 short texts of the Naver Sentiment Movie Corpus
(CC0); before its first use it also learns from the clean documents among the seeds.
"""

from __future__ import annotations

from seeds.mojibake.repairing import repair

__all__ = ["repair"]
