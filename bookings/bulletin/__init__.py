"""The monthly bulletin, drawn from data for each reader, and what people want to be written to about."""
