"""From terms to posts: the candidates that ranking scores."""
