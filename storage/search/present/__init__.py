"""What is shown of an answer: snippets, suggestions and explanations."""
