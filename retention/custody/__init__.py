"""Custody 保管交接: who has the paper. Loans 借阅 and hand-overs 移交; nothing here destroys anything."""
