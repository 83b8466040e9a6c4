"""Reports as people hand them to each other: one self-contained HTML file each, Chinese first, A4.

A report is made from a result and never from the DMS, and it changes nothing. Every text that came
from a document or was told by a person goes through the caller's mask before it reaches a template.
"""

from retention.reports.appraisal_sheet import render_appraisal_html
from retention.reports.review_sheet import render_review_html

__all__ = ["render_appraisal_html", "render_review_html"]
