"""An invented practice around any given day, for trying out, tests and screenshots. Nobody in it is real."""

from .practice import whole_practice

__all__ = ["whole_practice"]
