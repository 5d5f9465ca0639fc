"""A report is one dictionary of plain values (`building`); page, PDF, sheets and published copy show it."""
