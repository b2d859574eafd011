"""Corpora → weights and registries; needs the `training` extra, never imported at run time."""
