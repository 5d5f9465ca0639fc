"""Everything that the installation holds, taken out in open formats: a zip of CSV, JSON and the files themselves."""
