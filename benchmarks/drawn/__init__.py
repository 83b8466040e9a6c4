"""A labelled set of made-up scans, drawn from a seed: other papers, wordings and faults than those of samples/.

It keeps the reading honest: nobody looks at these pages while a rule is written, and another seed draws others. The files
have the form of the development set: documents.jsonl, labels.csv and a folder `scans`.
"""
