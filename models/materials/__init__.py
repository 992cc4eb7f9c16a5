"""The training sets: pinned packages in, compact shards and a concept table out."""
