"""What goes onto walls and into envelopes: flyers, posters and the programme of a quarter, as tagged PDFs."""
