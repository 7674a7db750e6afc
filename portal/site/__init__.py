"""The public site as ready bytes: the page store, and the build that writes it out."""
