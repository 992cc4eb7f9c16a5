"""What every net shares: checkpoints, moving averages, seeds, shape checks."""
