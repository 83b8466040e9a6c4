"""Reports as people hand them to each other: Chinese first, on A4, masked for their reader.

`contents` makes a `Report` from results, and never from the DMS; `writers` write it as HTML, PDF or XLSX; `report_json` for
programs. Nothing here changes anything.
"""
