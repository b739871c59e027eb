"""What measures say of a question: by group, over all, by place."""
