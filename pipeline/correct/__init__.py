"""What people corrected, laid over a reading: pure functions from one stage's value to the same.

The log (`log`) is folded into what stands (`standing`); told joins go into stitching (`told`),
texts into the stitched tables (`texts`), fields of the title block (`head`) and of items (`items`)
into interpreting. What was read stays beside it everywhere.
"""
