"""Show: renders one judged object for the terminal, JSON, JUnit and Markdown. No printer computes a verdict."""
