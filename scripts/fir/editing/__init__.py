"""Records written by hand of `fir`: new, corrected, formatted, mended."""
