"""The block diagram on the screen: to zoom, to walk through, to read tensor by tensor."""
