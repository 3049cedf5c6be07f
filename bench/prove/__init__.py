"""The long forms of what the tests show in short: kills, writers that commit out of order, garbage."""
