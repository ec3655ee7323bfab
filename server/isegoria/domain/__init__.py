"""The rules of a consultation, pure: no await, no clock, no input or output. The rules are numbered in RULES.md."""
