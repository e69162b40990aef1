"""Tables that the scripts of the pages look answers up in."""
