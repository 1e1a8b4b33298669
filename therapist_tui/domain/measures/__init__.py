"""Outcome measures as data, their scoring, and the judgement of change. See clinical.md 1 for every figure's source."""
