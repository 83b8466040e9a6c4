"""What each report says: pure functions from results to a `Report`, one module a report.

Nothing here reads the clock, the DMS or the database, and every text of a record goes through the reader's `Eyes`.
"""
