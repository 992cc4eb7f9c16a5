"""Trainable nets: importable on any CPU; torch and numpy only, never a chat library or the engine."""
