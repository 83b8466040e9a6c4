"""Real servers for tests: each on a free loopback port with a scratch folder, stopped by its process number."""
