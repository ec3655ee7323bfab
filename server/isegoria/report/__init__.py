"""A session's journal, people and captions -> the record, and its exports. Pure; knows the domain only.

record, facts: history -> Record. model: what a record holds. words: captions joined to turns. as_json, as_csv and log
(the journal itself, and its verification) each have an `export`.
"""
