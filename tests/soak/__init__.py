"""Long runs of the whole intake under random faults; `./run soak` calls them."""
