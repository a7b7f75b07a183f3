"""A dossier as a workbook that computes: what is written of it, and what is read back."""
