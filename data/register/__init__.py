"""One register of places: what each source says of them, matched place by place."""
