"""Watching the watcher: who is at work, figures for Prometheus, `/healthz`, alarms, and what a log may say."""
