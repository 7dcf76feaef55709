"""The kept answers as pages: `rendering` makes them, `links` knows where each stands.

Every page carries its style and its script in itself and loads nothing from anywhere, so that a
folder of them can be opened from a disk. What people wrote is data: escaped, and never markup.
"""
