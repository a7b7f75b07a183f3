"""Measures of speed, reported as ratios within one run; run by hand, never part of the tests."""
