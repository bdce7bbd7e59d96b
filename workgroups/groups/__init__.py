"""Groups, whom their seats speak for, who holds a seat from when until when, and the terms of reference."""
