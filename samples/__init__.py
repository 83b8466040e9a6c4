"""Made-up customer papers, drawn as an office scanner would deliver them: for the demo and for the tests."""
