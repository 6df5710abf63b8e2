"""Training of the line model that reads text dumps of news pages (recipe: docs/pages.md)."""
