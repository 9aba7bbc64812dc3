"""From a diagram to a picture: sizes by the words, places by the flow of the tokens."""
