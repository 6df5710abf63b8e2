"""How well dragoman reads what nobody here wrote: every figure of FORMATS.md, and the floors that hold them."""
