"""When: transitions, timers, lists, revisions and work. Blind to who asks."""
