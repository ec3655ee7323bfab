"""A session's journal, people and captions -> the record, and its exports. Pure; knows the domain only.

record, facts: history -> Record. model: what a record holds. words: captions joined to turns. as_json, as_csv and log
(the journal itself, and its verification) each have an `export`.

transcript: one track -> Transcript, for the team or for everybody. pieces: what of it its readers may read. protection,
masking, spelling: names that are spoken. speaker, phrases: who speaks, and our own words, in its language. as_vtt,
as_srt, as_txt: its formats, with an `export` each; files: all three by their names.
"""
