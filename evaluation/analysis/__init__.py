"""The only place that adds up what people answered: pages and files get `Figure`s, a withheld one without its value."""
