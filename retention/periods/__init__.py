"""From when a period runs and until when: events, cutoffs, lengths."""
