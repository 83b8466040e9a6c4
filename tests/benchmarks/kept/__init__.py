"""The archive that the figures of retention are measured on."""
