"""Stage two of the street: a Transcript becomes Facts, Transcript and Facts become Labels."""
