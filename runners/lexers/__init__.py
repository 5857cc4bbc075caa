"""Pygments lexers for languages that Pygments has none for; they are plugins of Pygments.

Their entry points stand under ``pygments.lexers`` in ``pyproject.toml``, so that everything that
colours programs by name finds them, here and in other programs of the same environment.
"""
