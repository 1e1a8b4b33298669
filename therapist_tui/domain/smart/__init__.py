"""SMART goals: what a draft lacks or gets wrong, and ready examples to start from (clinical.md 6)."""
