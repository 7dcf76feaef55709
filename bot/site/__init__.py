"""The shell of every page that Convive makes: layout, style, policy, and whose page it is.

Every page carries its style and its script in itself and loads nothing from anywhere. What people
wrote is data: escaped, and never markup.
"""
