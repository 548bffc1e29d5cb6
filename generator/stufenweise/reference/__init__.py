"""Reference material: keys and sections of each kind of file, and every problem with an example.

Keys come from the model, sections from the kinds, problems from the message catalogues and the tests' cases, so that
nothing is described twice.
"""
