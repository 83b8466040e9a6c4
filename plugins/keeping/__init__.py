"""Schedule, events, holds, appraisal and disposal, step by step, on any backend."""
