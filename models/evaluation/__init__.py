"""Judging what the nets draw, by means that no net here was trained with."""
