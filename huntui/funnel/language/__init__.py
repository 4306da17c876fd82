"""The language of cuts: parse, check and evaluate expressions with three-valued logic."""
