"""Subjects drawn by rule out of soft, shaded parts."""
