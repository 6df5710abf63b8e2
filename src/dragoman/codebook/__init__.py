"""The codebook: the field's vocabularies as data, and what reads them."""
