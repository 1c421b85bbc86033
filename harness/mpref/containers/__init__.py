"""Containers as places for trials: the matrix of environments, their images, the engine, and what a container is given."""
