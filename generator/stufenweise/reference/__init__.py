"""What can be looked up: keys and sections of each kind of file, and every problem with an example.

The keys come from the model, the sections from the kinds, the problems from the catalogues of messages and the cases
that the tests use: nothing is described twice.
"""
