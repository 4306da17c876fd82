"""Stages applied to the columns of a night: one mask per stage, and the counts that follow from the masks."""
