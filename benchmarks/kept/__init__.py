"""An archive that is decades old, made at once from a seed: what the figures of retention are measured on."""
