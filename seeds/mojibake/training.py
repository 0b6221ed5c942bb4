"""Make the model file from clean Korean text.

    python -m seeds.mojibake.training CORPUS.gz OUT.xz

The shipped file comes from 300,000 short texts, one a line, drawn from the Naver Sentiment Movie
Corpus (https://github.com/e9t/nsmc, CC0). One pass over them takes about a minute; the outcome
depends on nothing but the corpus.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from seeds.mojibake.model import FROM_NOTHING, Learner, Model


def train(text: str) -> Model:
    """Make a model that has read a text."""
    model = Model.untrained()
    Learner(model, FROM_NOTHING).learn(text)
    return model


def main(corpus: str, out: str) -> None:
    """Read a gzip-compressed corpus in UTF-8 and write the model file."""
    text = gzip.decompress(Path(corpus).read_bytes()).decode()
    Path(out).write_bytes(train(text).pack())


if __name__ == "__main__":
    main(*sys.argv[1:])
