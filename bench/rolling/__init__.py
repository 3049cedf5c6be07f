"""A rolling restart under mixed traffic: who asks steadily, who works, who follows, and what became of it."""
