"""Who says what: relations of source, cue and content in one sentence, quotations across sentences, turns of a transcript."""
