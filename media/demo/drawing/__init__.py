"""The pieces that draw.py puts together."""
