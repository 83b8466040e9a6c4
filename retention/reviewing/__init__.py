"""Looking through a whole archive: a light look at everything, then a full one at what is listed."""
