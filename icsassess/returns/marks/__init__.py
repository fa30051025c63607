"""What the program itself wrote into a return: notes and words to tell from what people wrote."""
