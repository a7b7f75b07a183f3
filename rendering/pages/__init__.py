"""The printed pages: a dossier’s content in, the HTML of its print out (see document.py)."""
