"""Which readers the settings ask for; reading and judging again what the DMS keeps."""
