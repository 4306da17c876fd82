"""Classifiers as columns: trained here or brought along, scored in batches, and told as reports."""
