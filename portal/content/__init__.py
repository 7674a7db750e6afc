"""Typed content: words and figures that an editor may change, read once and checked whole."""
