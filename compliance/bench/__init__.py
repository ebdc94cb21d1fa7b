"""Benchmarks of the main job, printed side by side in one run.

Knows everything below it and measures it from outside. Nothing depends on it.
"""
